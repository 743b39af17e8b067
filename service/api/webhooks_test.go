package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"communique/service/office"
	"communique/service/store"
	"communique/service/webhook"
)

// nearby lets receivers of tests be on this machine, unencrypted.
var nearby = webhook.Policy{AllowHTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}

// receiver keeps what it is told.
type receiver struct {
	*httptest.Server
	mu    sync.Mutex
	taken []message
}

// message is one that has arrived.
type message struct {
	header http.Header
	body   []byte
	Type   webhook.Type
	Data   office.Announcement
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		m := message{header: request.Header}
		m.body, _ = io.ReadAll(request.Body)
		if err := json.Unmarshal(m.body, &m); err != nil {
			t.Errorf("a message is no JSON: %v", err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.taken = append(r.taken, m)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) messages() []message {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]message{}, r.taken...)
}

// signedWith checks a signature as the specification of Standard Webhooks says.
func (m message) signedWith(t *testing.T, secret string) bool {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", m.header.Get("Webhook-Id"), m.header.Get("Webhook-Timestamp"), m.body)
	return strings.Contains(m.header.Get("Webhook-Signature"), "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}

// next waits for the message after the first n.
func (d *desk) next(r *receiver, n int) message {
	d.t.Helper()
	d.until(fmt.Sprintf("message %d arrives", n+1), func() bool { return len(r.messages()) > n })
	return r.messages()[n]
}

func TestReceiversAreToldWhatIsPublic(t *testing.T) {
	d := openDesk(t, deskOptions{receive: nearby})
	d.work(nearby)
	r := newReceiver(t)
	var hook NewWebhook
	d.want(201, &hook, "POST", webhooksPath, `{"url": "`+r.URL+`/hook"}`)
	path := publicationsPath + "/kimberley-2023"
	d.want(201, nil, "PUT", path, english)
	d.want(200, nil, "POST", path+"/schedule", `{"at": "`+time.Now().Add(time.Hour).Format(time.RFC3339)+`"}`)
	var page Deliveries
	d.want(200, &page, "GET", webhooksPath+"/"+hook.ID+"/deliveries", "")
	if len(page.Items) != 0 {
		t.Errorf("before its release something is told: %+v", page)
	}
	d.want(200, nil, "POST", path+"/publish", "")
	d.next(r, 0) // or the publication would be withdrawn before it is told
	d.want(200, nil, "POST", path+"/withdraw", `{"notes": {"en": "In error."}}`)
	d.want(200, nil, "POST", path+"/reinstate", "")
	told := map[webhook.Type]message{}
	for n := range 3 {
		m := d.next(r, n)
		told[m.Type] = m
		if !m.signedWith(t, hook.Secret) {
			t.Errorf("%s is not signed with the secret", m.Type)
		}
		if m.Data.Slug != "kimberley-2023" || m.Data.Revision != 1 || m.Data.URL != "https://press.example.org/p/kimberley-2023" {
			t.Errorf("%s tells %+v", m.Type, m.Data)
		}
	}
	out, back := told[webhook.Reinstated], told[webhook.Withdrawn]
	if len(out.Data.Languages) != 1 || out.Data.Languages[0].Title != "Statement on the plenary" || len(out.Data.Languages[0].Editions) == 0 ||
		!strings.HasPrefix(out.Data.Languages[0].Editions[0].URL, out.Data.URL+"/r1/en") {
		t.Errorf("the languages: %s", out.body)
	}
	if back.Data.Notes["en"] != "In error." || strings.Contains(string(back.body), "plenary") {
		t.Errorf("a withdrawal tells what is not public any more: %s", back.body)
	}
}

// A publication that is withdrawn before anyone was told is not announced.
func TestPublicationsAndCorrectionsAreTold(t *testing.T) {
	d := openDesk(t, deskOptions{receive: nearby})
	d.work(nearby)
	r := newReceiver(t)
	var hook NewWebhook
	d.want(201, &hook, "POST", webhooksPath, `{"url": "`+r.URL+`", "types": ["publication.published", "publication.corrected", "publication.language_added"]}`)
	path := publicationsPath + "/kimberley-2023"
	d.want(201, nil, "PUT", path, english)
	d.want(200, nil, "POST", path+"/publish", "")
	if m := d.next(r, 0); m.Type != webhook.Published || m.Data.Change != "first" {
		t.Errorf("first %s", m.body)
	}
	d.want(200, nil, "PUT", path+"/languages/fr", french)
	d.want(200, nil, "POST", path+"/publish", "")
	if m := d.next(r, 1); m.Type != webhook.LanguageAdded || len(m.Data.Languages) != 2 || m.Data.Revision != 2 {
		t.Errorf("second %s", m.body)
	}
	d.want(200, nil, "POST", path+"/correct", `{"notes": {"en": "The date.", "fr": "La date."}}`)
	d.want(200, nil, "POST", path+"/publish", "")
	if m := d.next(r, 2); m.Type != webhook.Corrected || m.Data.Notes["fr"] != "La date." {
		t.Errorf("third %s", m.body)
	}
}

// Whoever hears of a publication must be able to read it.
func TestWhatIsWithdrawnBeforeItIsToldIsNotAnnounced(t *testing.T) {
	d := openDesk(t, deskOptions{receive: nearby})
	r := newReceiver(t)
	d.want(201, nil, "POST", webhooksPath, `{"url": "`+r.URL+`"}`)
	path := publicationsPath + "/kimberley-2023"
	d.want(201, nil, "PUT", path, english)
	d.want(200, nil, "POST", path+"/publish", "")
	d.want(200, nil, "POST", path+"/withdraw", `{"notes": {"en": "In error."}}`)
	d.work(nearby)
	if m := d.next(r, 0); m.Type != webhook.Withdrawn {
		t.Errorf("first %s", m.body)
	}
	d.until("the release was looked at", func() bool {
		var seen int
		err := d.store.Read(t.Context(), func(tx *store.Tx) error {
			return tx.QueryRow("SELECT count(*) FROM revisions WHERE announced_at IS NOT NULL").Scan(&seen)
		})
		return err == nil && seen == 1
	})
	d.want(200, nil, "POST", path+"/reinstate", "")
	if m := d.next(r, 1); m.Type != webhook.Reinstated {
		t.Errorf("then %s", m.body)
	}
}

func TestTheLogOfAWebhook(t *testing.T) {
	d := openDesk(t, deskOptions{receive: nearby})
	d.work(nearby)
	r := newReceiver(t)
	var hook, rotated NewWebhook
	d.want(201, &hook, "POST", webhooksPath, `{"url": "`+r.URL+`", "description": "Newsroom"}`)
	path := webhooksPath + "/" + hook.ID
	var ping webhook.Delivery
	d.want(202, &ping, "POST", path+"/ping", "")
	first := d.next(r, 0)
	if first.Type != webhook.Ping || ping.Event.Type != webhook.Ping {
		t.Errorf("the ping is %s", first.body)
	}
	var page Deliveries
	d.until("the log has the outcome", func() bool {
		d.want(200, &page, "GET", path+"/deliveries", "")
		return page.Items[0].State == webhook.Delivered
	})
	if len(page.Items) != 1 || len(page.Items[0].Attempts) != 1 || page.Items[0].Attempts[0].Status != 200 {
		t.Errorf("the log: %+v", page)
	}
	d.want(202, nil, "POST", path+"/deliveries/"+ping.ID+"/redeliver", "")
	if again := d.next(r, 1); again.header.Get("Webhook-Id") != first.header.Get("Webhook-Id") || string(again.body) != string(first.body) {
		t.Error("a redelivery is another message")
	}
	d.want(200, &rotated, "POST", path+"/rotate-secret", `{"overlap": 60}`)
	d.want(202, nil, "POST", path+"/ping", "")
	if m := d.next(r, 2); rotated.Secret == hook.Secret || !m.signedWith(t, hook.Secret) || !m.signedWith(t, rotated.Secret) {
		t.Error("while they overlap both secrets sign")
	}
	var one, two Deliveries
	d.want(200, &one, "GET", path+"/deliveries?limit=1", "")
	d.want(200, &two, "GET", path+"/deliveries?limit=1&cursor="+one.Next, "")
	if len(one.Items) != 1 || len(two.Items) != 1 || one.Items[0].ID == two.Items[0].ID || two.Next != "" {
		t.Errorf("pages %+v, %+v", one, two)
	}

	var changed webhook.Webhook
	d.want(200, &changed, "PATCH", path, `{"enabled": false, "types": ["publication.withdrawn"]}`)
	if changed.Enabled || changed.Description != "Newsroom" || changed.URL != r.URL || len(changed.Types) != 1 {
		t.Errorf("changed to %+v", changed)
	}
	d.problem(d.as(d.admin, "POST", path+"/ping", ""), wrongState)
	d.problem(d.as(d.admin, "POST", path+"/deliveries/"+ping.ID+"/redeliver", ""), wrongState)
	d.want(204, nil, "DELETE", path, "")
	for _, at := range []string{path, path + "/deliveries"} {
		d.problem(d.as(d.admin, "GET", at, ""), notFound)
	}
}

func TestWebhooksThatCannotBe(t *testing.T) {
	d := openDesk(t, deskOptions{})
	for body, field := range map[string]string{
		`{}`: "url", `{"url": "http://example.org/"}`: "url", `{"url": "https://127.0.0.1/"}`: "url", `{"url": "https://10.1.2.3/"}`: "url",
		`{"url": "https://localhost/"}`: "url", `{"url": "https://user:secret@example.org/"}`: "url",
		`{"url": "https://example.org/", "types": ["publication.deleted"]}`: "types", `{"url": "https://example.org/", "types": ["ping"]}`: "types",
		`{"url": "https://example.org/", "description": "a\nb"}`: "description",
	} {
		p := d.problem(d.as(d.admin, "POST", webhooksPath, body), invalidRequest)
		if len(p.Problems) != 1 || p.Problems[0].Path != field || p.Problems[0].Fix == "" {
			t.Errorf("%s: %+v", body, p)
		}
	}
	var publisher NewKey
	var hook NewWebhook
	d.want(201, &publisher, "POST", keysPath, `{"name": "Publisher", "scopes": ["publish", "draft", "translate"]}`)
	d.problem(d.as(publisher.Secret, "GET", webhooksPath, ""), forbidden)
	d.want(201, &hook, "POST", webhooksPath, `{"url": "https://example.org/hook"}`)
	a := d.as(d.admin, "GET", webhooksPath, "")
	if a.StatusCode != 200 || strings.Contains(string(a.body), "whsec_") || !strings.Contains(string(a.body), hook.ID) {
		t.Errorf("the list: %s", a.body)
	}
	for _, query := range []string{"?limit=0", "?limit=1&limit=2", "?cursor=~", "?page=2"} {
		d.problem(d.as(d.admin, "GET", webhooksPath+"/"+hook.ID+"/deliveries"+query, ""), invalidParameter)
	}
	d.problem(d.as(d.admin, "POST", webhooksPath+"/"+hook.ID+"/deliveries/nothing/redeliver", ""), notFound)
}
