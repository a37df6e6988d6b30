package web

var homeView = view("home.html")

// home lists the stories.
func (s *site) home(q *request) error {
	return q.write(homeView(), Page{Title: "Stories", Section: "stories"})
}
