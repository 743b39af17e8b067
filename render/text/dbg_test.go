package text
import ("testing";"time";"strings")
func TestDbg(t *testing.T){
 lib:=noto(t)
 for n,x:=range map[string]string{"a-":strings.Repeat("a-",500000),"a":strings.Repeat("a",1000000),"sp":strings.Repeat(" ",1000000),"zalgo":"a"+strings.Repeat("\u0301",500000),"zh":strings.Repeat("中文",166000),"shy":strings.Repeat("ab\u00ad",250000),"rlo":strings.Repeat("\u202ea\u05d0",160000),"lri":strings.Repeat("\u2066",300000)+"a","arab":strings.Repeat("ع",500000),"br":strings.Repeat("(",500000)+"\u05d0","q":strings.Repeat("“ ",250000),"nl":strings.Repeat("\n",1000000),"emoji":strings.Repeat("👨‍👩‍👧",50000),"words":strings.Repeat("\u05d0 a ",200000)}{
  s:=lib.NewShaper()
  t0:=time.Now()
  l:=s.Lines(Paragraph{Spans:[]Span{{x,body("en")}},Width:450})
  d:=time.Since(t0); t0=time.Now()
  s.Measure([]Span{{x,body("en")}},false)
  t.Logf("%s %d lines %v, measure %v cost %d",n,len(l),d,time.Since(t0),s.cost)
 }
 st,o:=body("en"),body("en"); o.Bold=true
 var sp []Span
 for i:=range 200000 { x:=st; if i%2==0 {x=o}; sp=append(sp,Span{"a",x}) }
 s:=lib.NewShaper(); t0:=time.Now(); l:=s.Lines(Paragraph{Spans:sp,Width:450}); t.Log("spans",len(l),time.Since(t0))
}
