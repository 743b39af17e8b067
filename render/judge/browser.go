package judge

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// View is how a reader looks at a page.
type View struct {
	Name          string
	Width, Height int64
	// Scheme is the reader's preferred colour scheme, "light" or "dark".
	Scheme string
}

// Views are the ways in which every page must work: a phone of 320 CSS pixels
// (WCAG 2.2, 1.4.10), and a desktop, each light and dark.
var Views = []View{
	{"phone light", 320, 640, "light"}, {"phone dark", 320, 640, "dark"},
	{"desktop light", 1280, 900, "light"}, {"desktop dark", 1280, 900, "dark"},
}

// Browser is a running Chromium with axe-core at hand.
type Browser struct {
	ctx    context.Context
	axe    string
	finish []func()
}

// Open starts a browser with an empty profile; Close ends it.
func Open() (*Browser, error) {
	command, err := Chromium.command()
	if err != nil {
		return nil, err
	}
	axe, err := Axe.command()
	if err != nil {
		return nil, err
	}
	script, err := os.ReadFile(axe[0])
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "communique-browser-")
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(command[0]), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.UserDataDir(profile), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, done := chromedp.NewContext(allocator)
	b := &Browser{ctx: ctx, axe: string(script), finish: []func(){done, stop, func() { os.RemoveAll(profile) }}}
	if err := chromedp.Do(ctx); err != nil {
		b.Close()
		return nil, fmt.Errorf("starting the browser: %w", err)
	}
	return b, nil
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() {
	for _, f := range b.finish {
		f()
	}
}

// show opens a file in a view.
func (b *Browser) show(file string, v View) error {
	abs, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}
	scheme := func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.Scheme}}})
		return err
	}
	return chromedp.Do(b.ctx, chromedp.EmulateViewport(v.Width, v.Height), chromedp.Func(scheme), chromedp.Navigate(address.String()))
}

// evaluate runs a script in the page and reads its JSON result.
func (b *Browser) evaluate(script string, into any) error {
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(out), into)
}

// axeRules are the rules of WCAG 2.2 A and AA, and the good practices; every
// rule of axe-core that an office would be asked about.
const axeRules = `{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}`

// Accessible runs axe-core on a page in a view. Nothing is put into the page's
// own source: the engine comes in over the debugging protocol.
func (b *Browser) Accessible(file string, v View) ([]Finding, error) {
	if err := b.show(file, v); err != nil {
		return nil, err
	}
	var violations []struct {
		ID, Impact, Help string
		Nodes            []struct {
			HTML           string
			FailureSummary string
		}
	}
	script := b.axe + "\n;axe.run(document, " + axeRules + ").then(r => JSON.stringify(r.violations))"
	if err := b.evaluate(script, &violations); err != nil {
		return nil, fmt.Errorf("axe-core: %s: %w", filepath.Base(file), err)
	}
	var found []Finding
	for _, x := range violations {
		for _, n := range x.Nodes {
			found = append(found, Finding{File: file, Rule: "axe " + x.ID + " (" + v.Name + ")",
				Message: x.Help + ": " + strings.Join(strings.Fields(n.FailureSummary), " "), Where: n.HTML})
		}
	}
	return found, nil
}

// Stop is a place that the Tab key reaches.
type Stop struct {
	// HTML is the element's start tag, Text what it says.
	HTML, Text string
	// Visible tells that the element is within the window and not hidden,
	// Marked that focus changes how it looks.
	Visible, Marked bool
}

// stopScript describes what has the focus, compared with its look without.
const stopScript = `(() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return 'null';
  const look = () => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecoration].join('|'); };
  const r = e.getBoundingClientRect(), s = getComputedStyle(e);
  const visible = r.width > 1 && r.height > 1 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth && s.visibility === 'visible' && s.opacity !== '0';
  const with_ = look(); e.blur(); const without = look(); e.focus({preventScroll: true, focusVisible: true});
  return JSON.stringify({HTML: e.outerHTML.replace(/>[^]*/, '>'), Text: e.textContent.trim().slice(0, 60), Visible: visible, Marked: with_ !== without});
})()`

// Tab walks a page with the Tab key alone and lists where it stops, until the
// focus leaves the page or comes back to the start.
func (b *Browser) Tab(file string, v View, most int) ([]Stop, error) {
	if err := b.show(file, v); err != nil {
		return nil, err
	}
	var stops []Stop
	for range most {
		if err := chromedp.Do(b.ctx, chromedp.KeyEvent("\t")); err != nil {
			return nil, err
		}
		var s *Stop
		if err := b.evaluate(stopScript, &s); err != nil {
			return nil, err
		}
		if s == nil {
			break
		}
		stops = append(stops, *s)
	}
	return stops, nil
}

// Press sends keys to the page that is open and returns the address's fragment
// and whether the element that it names, or one within, has the focus or is
// where the next Tab starts.
func (b *Browser) Press(keys string) (fragment string, err error) {
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent(keys)); err != nil {
		return "", err
	}
	err = b.evaluate(`JSON.stringify(location.hash)`, &fragment)
	return fragment, err
}

// Focus is where the focus is.
func (b *Browser) Focus() (*Stop, error) {
	var s *Stop
	err := b.evaluate(stopScript, &s)
	return s, err
}

// Measure tells how far a page can be scrolled sideways, in CSS pixels, and
// how many scripts it runs.
func (b *Browser) Measure(file string, v View) (overflow int, scripts int, err error) {
	if err := b.show(file, v); err != nil {
		return 0, 0, err
	}
	var m struct{ Overflow, Scripts int }
	err = b.evaluate(`JSON.stringify({Overflow: document.documentElement.scrollWidth - innerWidth,
    Scripts: [...document.scripts].filter(s => s.type !== 'application/ld+json').length})`, &m)
	return m.Overflow, m.Scripts, err
}

// Pictures counts the pictures of a page, and those that the browser shows.
func (b *Browser) Pictures(file string, v View) (all, shown int, err error) {
	if err := b.show(file, v); err != nil {
		return 0, 0, err
	}
	var m struct{ All, Shown int }
	err = b.evaluate(`JSON.stringify({All: document.images.length,
    Shown: [...document.images].filter(i => i.complete && i.naturalWidth > 0 && i.clientWidth > 0).length})`, &m)
	return m.All, m.Shown, err
}
