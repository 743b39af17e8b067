package locale
import ("testing";"io/fs";"path";"strings";"testing/fstest";"fmt";"communique/locales";"sort")
func TestTmp(t *testing.T){
 c,err:=Load(locales.FS); if err!=nil{t.Fatal(err)}
 f:=readICU(t)
 n,bad:=0,0
 for tag,cs:=range f.Words{ for k,list:=range cs{ for _,x:=range list{ n++; if got:=printCase(t,c.Get(tag),k,x[0]);norm.Replace(got)!=norm.Replace(x[1]){bad++; fmt.Printf("W %s %s %s: got %q icu %q\n",tag,k,x[0],got,x[1])}}}}
 fmt.Println(n,bad)
 en,_:=fs.ReadFile(locales.FS,"en.toml")
 m:=fstest.MapFS{"en.toml":&fstest.MapFile{Data:en}}
 fs.WalkDir(locales.FS,"cldr",func(p string,d fs.DirEntry,e error)error{ if !d.IsDir(){b,_:=fs.ReadFile(locales.FS,p); m[p]=&fstest.MapFile{Data:b}
   if path.Dir(p)=="cldr/formats"{ tag:=strings.TrimSuffix(path.Base(p),".toml"); if tag!="en"{w:=strings.ReplaceAll(string(en),`cldr = "en-GB"`,""); m[tag+".toml"]=&fstest.MapFile{Data:[]byte(w)}}}}
   return nil})
 c,err=Load(m); if err!=nil{t.Fatal(err)}
 n,bad=0,0; var o []string
 for tag,cs:=range f.Tables{ l:=c.Get(tag); if l==nil{fmt.Println("none",tag);continue}; for k,list:=range cs{ for _,x:=range list{ n++; if got:=printCase(t,l,k,x[0]);norm.Replace(got)!=norm.Replace(x[1]){bad++; o=append(o,fmt.Sprintf("T %s %s %s: got %q icu %q",tag,k,x[0],got,x[1]))}}}}
 sort.Strings(o)
 fmt.Println(strings.Join(o,"\n"))
 fmt.Println(n,bad)
}

var norm=strings.NewReplacer("\u202f"," ","\u2009"," ")
