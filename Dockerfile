# A static binary on an empty base: no shell, no packages, not root. Fonts,
# words and templates are inside the binary; publications are in the volume /data,
# or in PostgreSQL and S3 (docs/operations.md).
#
#   docker build --build-arg VERSION=1.2.3 -t communique .
#   docker run --rm -p 127.0.0.1:8080:8080 -v press:/data communique
#   docker run --rm -i communique render - --lang en < statement.en.md > statement.en.pdf

FROM golang:1.26 AS build
ARG VERSION=dev
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/communique ./cmd/communique
RUN mkdir -m 0700 /out/data

FROM scratch
COPY --from=build /out/communique /communique
COPY --from=build /src/LICENSE /LICENSE
# webhooks, S3 and identity providers are spoken to over TLS
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
# numbers, as an empty base knows no names
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/communique"]
# The first start prints an admin key; without a key nothing but what is published can be reached.
CMD ["serve", "--addr", ":8080", "--data", "/data"]
