# A static binary on an empty base: no shell, no packages, not root. Fonts,
# words and templates are inside the binary.
#
#   docker build --build-arg VERSION=1.2.3 -t communique .
#   docker run --rm -p 127.0.0.1:8080:8080 communique
#   docker run --rm -i communique render - --lang en < statement.en.md > statement.pdf

FROM golang:1.26 AS build
ARG VERSION=dev
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/communique ./cmd/communique

FROM scratch
COPY --from=build /out/communique /communique
COPY --from=build /src/LICENSE /LICENSE
# a number, as an empty base knows no names
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/communique"]
# The container's own address is all that can be reached; publish the port only where the office's proxy stands.
CMD ["serve", "--addr", ":8080", "--allow-anonymous"]
