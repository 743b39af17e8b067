package press

import "time"

// Preview lets one accredited reader see an unpublished revision for a while.
type Preview struct {
	ID          string    `json:"id" doc:"For revoking it" example:"06ey3qhx8p9v7sj4m2kd0t1a5w"`
	Publication string    `json:"-"`
	Revision    int       `json:"revision" minimum:"1" doc:"The revision that the reader sees" example:"1"`
	Reader      string    `json:"reader" doc:"Who the preview is for; the name stands on every page" example:"Example News Agency"`
	CreatedAt   time.Time `json:"created_at" doc:"When it was made"`
	By          Actor     `json:"by" doc:"Who made it"`
	ExpiresAt   time.Time `json:"expires_at" doc:"When its address ends"`
	RevokedAt   time.Time `json:"revoked_at,omitzero" doc:"When it was ended before that"`
}
