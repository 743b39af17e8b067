package doc

// Division groups blocks that share a purpose, a language, a direction or an anchor.
type Division struct {
	Attr
	Role Role
	// Label is a generated name printed above the blocks, empty if there is none.
	Label string
	// Start is the first number of a numbered division; 0 goes on counting.
	Start  int
	Blocks []Block
}

// Role is the purpose of a division in an official text; empty for a mere group.
type Role string

const (
	RoleNone Role = ""
	// RoleContact tells whom to turn to.
	RoleContact Role = "contact"
	// RoleAddress is a postal address, line by line.
	RoleAddress Role = "address"
	// RoleNotes are notes to editors.
	RoleNotes Role = "notes"
	// RoleSummary is a box with the main points.
	RoleSummary Role = "summary"
	// RoleSignature closes a signed text: place and date, name, office.
	RoleSignature Role = "signature"
	// RoleNumbered numbers each of its own paragraphs.
	RoleNumbered Role = "numbered"
)

// Roles lists the names that an author can give a division.
func Roles() []Role {
	return []Role{RoleContact, RoleAddress, RoleNotes, RoleSummary, RoleSignature, RoleNumbered}
}
