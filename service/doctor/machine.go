package doctor

import (
	"context"
	"net/url"
	"os"
	"time"
)

// The disk is nearly full, and full for our purpose, below these.
const (
	little    = 1 << 30
	tooLittle = 100 << 20
)

func (o *Office) folder(context.Context) []Finding {
	const check = "folder"
	if o.Folder == "" {
		return nil
	}
	info, err := os.Stat(o.Folder)
	switch {
	case err != nil:
		return wrong(check, "name the folder with --data", "the data folder cannot be looked at: %v", err)
	case !info.IsDir():
		return wrong(check, "name a folder with --data", "%s is no folder", o.Folder)
	case info.Mode().Perm()&0o077 != 0:
		return warning(check, "take away the rights of others: chmod 700 "+o.Folder, "other users of this machine can get into %s (%s): what is under embargo is there", o.Folder, info.Mode().Perm())
	}
	probe, err := os.CreateTemp(o.Folder, ".doctor.*")
	if err == nil {
		err = probe.Close()
	}
	if err == nil {
		err = os.Remove(probe.Name())
	}
	if err != nil {
		return wrong(check, "give it to the user that the server runs as", "nothing can be written into %s: %v", o.Folder, err)
	}
	return well(check, "%s is ours alone and can be written", o.Folder)
}

func (o *Office) disk(context.Context) []Finding {
	const check = "disk"
	if o.Folder == "" {
		return nil
	}
	free, err := o.Free(o.Folder)
	switch {
	case err != nil:
		return unknown(check, err)
	case free < tooLittle:
		return wrong(check, "make room now: nothing can be published on a full disk", "%d MiB are free", free>>20)
	case free < little:
		return warning(check, "make room, or move to a larger disk", "%d MiB are free", free>>20)
	}
	return well(check, "%d GiB are free", free>>30)
}

// resources need no office: fonts, languages, templates.
func (o *Office) resources(context.Context) []Finding {
	if o.NoResources != nil {
		return wrong("resources", "mend the folder that --fonts, --locales or --templates names, or leave it out", "fonts, languages and templates cannot be used: %v", o.NoResources)
	}
	return well("resources", "fonts, templates and %d languages are loaded", len(o.Locales.Tags()))
}

func (o *Office) address(context.Context) []Finding {
	const check = "address"
	if o.Address == "" {
		return warning(check, "set --public-url, as in https://press.example.org", "no public address is set: feeds, sitemap and messages cannot name the pages")
	}
	u, err := url.Parse(o.Address)
	switch {
	case err != nil || u.Host == "":
		return wrong(check, "write it as in https://press.example.org", "the public address cannot be read")
	case u.Scheme != "https":
		return warning(check, "use https, by a proxy that has a certificate", "the public address is not encrypted: %s", o.Address)
	}
	return well(check, "the public address is %s", o.Address)
}

func (o *Office) zone(context.Context) []Finding {
	const check = "zone"
	if o.Locales == nil {
		return nil
	}
	at, err := o.Locales.Zone(o.Zone)
	if err != nil {
		return wrong(check, "name one of the IANA database with --zone, such as Europe/London", "there is no time zone %q", o.Zone)
	}
	return well(check, "in %s it is %s", o.Zone, o.Now().In(at).Format(time.DateTime))
}
