package markdown
import ("testing";"os";"fmt")
func TestZZ(t *testing.T){ for _,f:=range []string{os.Getenv("ZZ")} { b,err:=os.ReadFile(f); if err!=nil {t.Skip()}; d,ps:=parse(f,string(b)); for _,p:=range ps { fmt.Println(p.Error(),"|",p.Code,"|",p.Path,"|",p.Expected,"|",p.Fix)}; fmt.Println(dump(d)) } }
