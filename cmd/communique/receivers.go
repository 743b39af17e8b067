package main

import (
	"github.com/spf13/pflag"

	"communique/service/access"
	"communique/service/webhook"
)

// receiverFlags say where messages to receivers of webhooks may go.
type receiverFlags struct {
	networks []string
	http     bool
}

func (f *receiverFlags) flags(set *pflag.FlagSet) {
	set.StringSliceVar(&f.networks, "webhook-allow-network", nil, "`network` that is not public and has receivers all the same, as in 10.1.0.0/16")
	set.BoolVar(&f.http, "webhook-allow-http", false, "let messages go unencrypted, to receivers at http://")
}

func (f *receiverFlags) policy() (webhook.Policy, error) {
	networks, err := access.ParseNetworks(f.networks)
	if err != nil {
		return webhook.Policy{}, &usageError{"--webhook-allow-network: " + err.Error() + ".", ""}
	}
	return webhook.Policy{AllowHTTP: f.http, Networks: networks}, nil
}
