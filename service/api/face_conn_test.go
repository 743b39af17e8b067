package api

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"testing"

	"github.com/gin-gonic/gin"
)

// TestGatheredAnswersAreWhole sends bodies of every size at which net/http or the
// gatherer does something else, several on one connection.
func TestGatheredAnswersAreWhole(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	get(router, "/:size", func(c *gin.Context) {
		size, _ := strconv.Atoi(c.Param("size"))
		newReply(http.StatusOK, bytes.Repeat([]byte("0123456789abcdef"), size/16+1)[:size], false, "", oneField("X-Long", string(bytes.Repeat([]byte("x"), size%5000)))).tagged("x").send(c)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	orFail(t, err)
	server := &http.Server{Handler: router, ConnContext: withGatherer}
	done := make(chan error, 1)
	go func() { done <- server.Serve(gathering{listener}) }()
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}
	t.Cleanup(func() {
		client.CloseIdleConnections()
		orFail(t, server.Close())
		<-done
	})
	for _, size := range []int{0, 1, 2047, 2048, 2049, 3900, 4095, 4096, 4097, 4098, 5000, 8191, 8192, 8193, 16384, mostGathered - 1, mostGathered, mostGathered + 1, mostGathered + httpBuffer, 1 << 20} {
		for _, method := range []string{http.MethodHead, http.MethodGet} {
			request, err := http.NewRequestWithContext(t.Context(), method, "http://"+listener.Addr().String()+"/"+strconv.Itoa(size), nil)
			orFail(t, err)
			answer, err := client.Do(request)
			orFail(t, err)
			body, err := io.ReadAll(answer.Body)
			orFail(t, err)
			orFail(t, answer.Body.Close())
			if method == http.MethodGet && !bytes.Equal(body, bytes.Repeat([]byte("0123456789abcdef"), size/16+1)[:size]) {
				t.Errorf("%d bytes came as %d, or others", size, len(body))
			}
			if answer.ContentLength != int64(size) {
				t.Errorf("%s of %d bytes: Content-Length %d", method, size, answer.ContentLength)
			}
		}
	}
}
