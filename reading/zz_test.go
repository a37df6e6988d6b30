package reading_test
import ("testing";"os";"path/filepath";"strconv";"whence";"whence/english";"whence/reading/quote";"whence/internal/shared")
func BenchmarkHot(b *testing.B) {
 files,_:=filepath.Glob(filepath.Join(shared.Path(b,"corpora","polnear","train","text"),"*.txt"))
 n,_:=strconv.Atoi(os.Getenv("N"))
 var all []*whence.Article
 for _,f:=range files[:n] { d,_:=os.ReadFile(f); all=append(all,plain(string(d))) }
 an,q:=english.NewAnalyser(),quote.NewReader()
 for _,a:=range all {attribute(a,an,q)}
 b.ResetTimer()
 t:=0; u:=userTime()
 for i:=0;i<b.N;i++ { t+=attribute(all[i%n],an,q) }
 b.ReportMetric(float64(t)/(userTime()-u).Seconds(),"tokens/cpu-s")
}
