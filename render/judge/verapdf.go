package judge

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// veraReport is the part of veraPDF's JSON report that is read.
type veraReport struct {
	Report struct {
		Jobs []struct {
			ItemDetails      struct{ Name string }
			ValidationResult []struct {
				ProfileName  string
				Compliant    bool
				JobEndStatus string
				Details      struct {
					PassedChecks  int
					RuleSummaries []struct {
						Specification, Clause, Description string
						TestNumber, FailedChecks           int
						Checks                             []struct{ Status, Context, ErrorMessage string }
					}
				}
			}
			TaskException struct{ ExceptionMessage string }
		}
	}
}

// Validate runs veraPDF once over PDF files for a flavour: "2a" for PDF/A-2a,
// "ua1" for PDF/UA-1. A file that was not judged is a finding too.
func Validate(flavour string, files []string) ([]Finding, error) {
	if len(files) == 0 {
		return nil, nil
	}
	out, errs, err := VeraPDF.run("", append([]string{"-f", flavour, "--format", "json", "--maxfailuresdisplayed", "3"}, files...)...)
	if err != nil {
		return nil, err
	}
	return readVera(out, errs, files)
}

func readVera(out, errs []byte, files []string) ([]Finding, error) {
	var r veraReport
	if err := json.Unmarshal(out, &r); err != nil {
		return nil, fmt.Errorf("veraPDF: %w: %s", err, errs)
	}
	var found []Finding
	judged := map[string]bool{}
	for _, job := range r.Report.Jobs {
		name := filepath.Clean(job.ItemDetails.Name)
		for _, v := range job.ValidationResult {
			judged[name] = v.JobEndStatus == "normal" && v.Details.PassedChecks > 0
			before := len(found)
			for _, rule := range v.Details.RuleSummaries {
				for _, c := range rule.Checks {
					found = append(found, Finding{File: name, Rule: fmt.Sprintf("%s clause %s test %d", rule.Specification, rule.Clause, rule.TestNumber),
						Message: fmt.Sprintf("%s (%d times)", said(c.ErrorMessage, rule.Description), rule.FailedChecks), Where: c.Context})
				}
			}
			if !v.Compliant && len(found) == before {
				found = append(found, Finding{File: name, Rule: v.ProfileName, Message: "not compliant, without a reason given"})
			}
		}
		if m := job.TaskException.ExceptionMessage; m != "" {
			found = append(found, Finding{File: name, Rule: "veraPDF", Message: m})
		}
	}
	for _, f := range files {
		abs, err := filepath.Abs(f)
		if err != nil {
			return nil, err
		}
		if !judged[abs] {
			found = append(found, Finding{File: f, Rule: "veraPDF", Message: "was not judged: " + string(errs)})
		}
	}
	return found, nil
}

// said is the first of two messages that is not empty.
func said(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}

// Check runs qpdf's structural check on each file; a warning is a finding.
func Check(files []string) ([]Finding, error) {
	var found []Finding
	for _, f := range files {
		if _, err := os.Stat(f); err != nil {
			return nil, err
		}
		out, errs, err := Qpdf.run("", "--check", f)
		if err != nil {
			return nil, err
		}
		clean := strings.Contains(string(out), "No syntax or stream encoding errors found")
		if len(errs) > 0 || !clean {
			found = append(found, Finding{File: f, Rule: "qpdf --check", Message: strings.TrimSpace(string(errs) + string(out))})
		}
	}
	return found, nil
}
