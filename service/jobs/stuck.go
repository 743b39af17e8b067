package jobs

import (
	"context"

	"communique/service/store"
)

// Stuck counts the jobs that should have been done long ago: what is due for ten
// minutes, or has run for more than an hour, or has failed many times. Before the
// queue's tables are made there are none.
func Stuck(ctx context.Context, s *store.Store) (n int, err error) {
	exists := "SELECT count(*) FROM sqlite_master WHERE name = 'river_job'"
	due, began := "julianday(scheduled_at) < julianday('now', '-10 minutes')", "julianday(attempted_at) < julianday('now', '-1 hour')"
	if s.Listener() != nil {
		exists = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'river_job'"
		due, began = "scheduled_at < now() - interval '10 minutes'", "attempted_at < now() - interval '1 hour'"
	}
	err = s.Read(ctx, func(t *store.Tx) error {
		if err := t.QueryRowContext(ctx, exists).Scan(&n); err != nil || n == 0 {
			return err
		}
		return t.QueryRowContext(ctx, "SELECT count(*) FROM river_job WHERE state IN ('available', 'scheduled', 'retryable') AND "+due+
			" OR state = 'running' AND "+began+" OR state = 'retryable' AND attempt > 5").Scan(&n)
	})
	return n, err
}
