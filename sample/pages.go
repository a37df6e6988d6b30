package sample

// captures lists the pages in the order of their publication, with the address
// and the time each was captured at.
var captures = []struct{ name, url, captured string }{
	{"gazette-quay-4.html", "https://gazette.ternsay.example/2027/03/quay-4/", "2027-03-01T22:41:10Z"},
	{"advertiser-karvik-ferry.html", "http://www.heskvalleyadvertiser.example/news/story.asp?id=20418", "2027-03-02T11:00:31Z"},
	{"courier-karvik-ferry.html", "https://www.orrancourier.example/2027/03/02/eleven-dead-karvik-ferry/", "2027-03-02T07:15:02Z"},
	{"telegram-karvik-ferry.html", "https://www.estreltelegram.example/2027/03/02/freighter-breaks-loose-in-storm-killing-11", "2027-03-02T18:20:00Z"},
	{"gull-karvik-ferry.html", "https://www.dailygull.example/news/terror-at-the-quay-11-dead-1180342", "2027-03-02T06:31:47Z"},
	{"radio-corvany-town-hall.html", "https://www.radiocorvany.example/news/islands/karvik-toll-14", "2027-03-03T15:02:44Z"},
	{"gazette-town-hall.html", "https://gazette.ternsay.example/2027/03/town-hall/", "2027-03-03T21:05:12Z"},
	{"telegram-town-hall.html", "https://www.estreltelegram.example/2027/03/03/varn-under-fire-as-ferry-toll-reaches-14", "2027-03-04T06:50:20Z"},
	{"ledger-town-hall.v1.html", "https://www.sundmarkledger.example/news/2027-03-03/karvik-town-hall-toll", "2027-03-03T19:22:09Z"},
	{"ledger-town-hall.v2.html", "https://www.sundmarkledger.example/news/2027-03-03/karvik-town-hall-toll", "2027-03-06T08:40:55Z"},
	{"harbourpost-exclusive.html", "https://www.harbourpost.example/politics/2027/03/03/ternsay-evacuation-considered-f4c19", "2027-03-04T09:12:36Z"},
	{"dispatch-ternsay.html", "https://www.brackwaterdispatch.example/world/corvany-mulls-evacuating-island", "2027-03-03T22:05:18Z"},
	{"ledger-evacuation.v1.html", "https://www.sundmarkledger.example/news/2027-03-04/ternsay-evacuation-option", "2027-03-04T07:40:12Z"},
	{"ledger-evacuation.v2.html", "https://www.sundmarkledger.example/news/2027-03-04/ternsay-evacuation-option", "2027-03-04T16:20:47Z"},
	{"gull-ghost-island.html", "https://www.dailygull.example/news/ghost-island-ternsay-emptied-1180977", "2027-03-04T11:12:05Z"},
	{"radio-corvany-denial.html", "https://www.radiocorvany.example/news/politics/government-denies-ternsay-evacuation", "2027-03-04T18:55:21Z"},
	{"gazette-mayor.html", "https://gazette.ternsay.example/2027/03/evacuation/", "2027-03-05T06:30:02Z"},
	{"advertiser-toll-13.html", "http://www.heskvalleyadvertiser.example/news/story.asp?id=20467", "2027-03-05T19:48:00Z"},
	{"courier-union-toll.html", "https://www.orrancourier.example/2027/03/05/union-seventeen-dead-karvik/", "2027-03-05T08:04:59Z"},
	{"telegram-orchestra.html", "https://www.estreltelegram.example/2027/03/05/orchestra-walks-out-over-cold-hall", "2027-03-06T07:10:00Z"},
	{"plumbline-bollards.html", "https://plumbline.example/karvik-bollards/", "2027-03-06T21:17:40Z"},
	{"keelcargo-salvage.html", "https://www.keelandcargo.example/casualties/marta-vey-salvage-bond", "2027-03-06T12:15:33Z"},
	{"telegram-preparing.html", "https://www.estreltelegram.example/2027/03/06/lisk-on-ternsay-we-are-preparing", "2027-03-07T08:00:09Z"},
	{"radio-corvany-decision.html", "https://www.radiocorvany.example/news/politics/cabinet-orders-ternsay-evacuation", "2027-03-08T05:45:13Z"},
	{"courier-ferry-fares.html", "https://www.orrancourier.example/2027/03/08/southern-ferry-fares-rise/", "2027-03-08T09:20:00Z"},
	{"harbourpost-leaving.html", "https://www.harbourpost.example/islands/2027/03/10/ternsay-leaves-9d07e", "2027-03-10T12:31:54Z"},
}
