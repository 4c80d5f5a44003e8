//! Group commit: many threads wait to write a little; the first of them waits for the writer and writes for all, with
//! one commit, each in a savepoint of its own.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        mpsc::{Sender, channel},
    },
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Sqlite, lock, run};
use crate::storage::{Result, StoreError};

#[cfg(test)]
mod crash;

/// Jobs that wait for the writer.
#[derive(Default)]
pub(super) struct Group(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    jobs: Vec<Box<dyn Job>>,
    /// Whether one of their threads is waiting for the writer, to do them all.
    is_led: bool,
}

/// A job of whatever result.
trait Job: Send {
    /// Does it in its savepoint.
    fn run(&mut self, tx: &Transaction<'_>) -> Result<()>;
    /// Hands its result over, now that all is durable or nothing is.
    fn end(self: Box<Self>, committed: Result<()>);
}

struct Task<T, F> {
    work: Option<F>,
    made: Option<Result<T>>,
    tell: Sender<Result<T>>,
}

impl Sqlite {
    /// Runs a job in a write transaction that it may share with others: all of it or nothing, durable when this returns.
    pub(crate) fn write_in_group<T: Send + 'static>(&self, work: impl FnOnce(&Transaction) -> Result<T> + Send + 'static) -> Result<T> {
        let (tell, made) = channel();
        let mut waiting = lock(&self.group.0);
        waiting.jobs.push(Box::new(Task { work: Some(work), made: None, tell }));
        let leads = !mem::replace(&mut waiting.is_led, true);
        drop(waiting);
        if leads {
            self.lead();
        }
        made.recv().unwrap_or_else(|_| Err(not_run()))
    }

    /// Does all jobs that wait once the writer is free. Who comes meanwhile leads the next ones.
    fn lead(&self) {
        let mut writer = self.writer();
        let Waiting { mut jobs, .. } = mem::take(&mut *lock(&self.group.0));
        let committed = run_all(&mut writer, &mut jobs);
        drop(writer);
        jobs.into_iter().for_each(|job| job.end(committed.clone()));
    }
}

fn not_run() -> StoreError {
    StoreError::Backend("not run".into())
}

fn run_all(writer: &mut Connection, jobs: &mut [Box<dyn Job>]) -> Result<()> {
    let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    jobs.iter_mut().try_for_each(|job| job.run(&tx))?;
    Ok(tx.commit()?)
}

impl<T: Send, F: FnOnce(&Transaction) -> Result<T> + Send> Job for Task<T, F> {
    fn run(&mut self, tx: &Transaction<'_>) -> Result<()> {
        let Some(work) = self.work.take() else { return Ok(()) };
        run(tx, "SAVEPOINT job")?;
        let made = catch_unwind(AssertUnwindSafe(|| work(tx))).unwrap_or_else(|_| Err(StoreError::Backend("a job panicked".into())));
        if made.is_err() {
            run(tx, "ROLLBACK TO job")?;
        }
        run(tx, "RELEASE job")?;
        self.made = Some(made);
        Ok(())
    }

    fn end(self: Box<Self>, committed: Result<()>) {
        let Self { made, tell, .. } = *self;
        // Whoever asked is waiting for it.
        let _ = tell.send(committed.and_then(|()| made.unwrap_or_else(|| Err(not_run()))));
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::testing::{Counting, Hands};

    fn rows(store: &Sqlite) -> i64 {
        store.read(|c| Ok(c.query_row("SELECT count(*) FROM meta WHERE key LIKE 'job%'", [], |row| row.get(0))?)).unwrap()
    }

    #[test]
    fn each_of_many_gets_its_own_result_and_one_that_fails_or_panics_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = Sqlite::open(dir.path(), &Hands::default(), &Counting::default()).unwrap();
        let one = |n: usize| {
            store.write_in_group(move |tx| {
                tx.execute("INSERT INTO meta(key, value) VALUES('job' || ?1, 'x')", [n as i64])?;
                assert!(n % 5 != 3, "half way");
                if n % 5 == 4 { Err(StoreError::Exists { what: "staff" }) } else { Ok(n) }
            })
        };
        let made: Vec<Result<usize>> = thread::scope(|s| {
            let threads: Vec<_> = (0..50).map(|n| s.spawn(move || one(n))).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        });
        for (n, made) in made.into_iter().enumerate() {
            match n % 5 {
                3 => assert!(matches!(made, Err(StoreError::Backend(_)))),
                4 => assert!(matches!(made, Err(StoreError::Exists { .. }))),
                _ => assert_eq!(made.unwrap(), n),
            }
        }
        assert_eq!(rows(&store), 30);
    }

    #[test]
    fn jobs_that_wait_together_share_one_commit_and_all_fail_where_it_does() {
        let dir = tempfile::tempdir().unwrap();
        let store = Sqlite::open(dir.path(), &Hands::default(), &Counting::default()).unwrap();
        let commits = || store.read(|c| Ok(c.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0))?)).unwrap();
        let together = |fails: bool| -> Vec<Result<()>> {
            thread::scope(|s| {
                let writer = lock(&store.writer);
                let threads: Vec<_> = (0..8)
                    .map(|n| {
                        let store = &store;
                        let held = s.spawn(move || {
                            store.write_in_group(move |tx| {
                                tx.execute("INSERT OR REPLACE INTO meta(key, value) VALUES('job' || ?1, 'x')", [n as i64])?;
                                if fails {
                                    // Broken at the commit, for everybody in it.
                                    tx.execute_batch(
                                        "PRAGMA defer_foreign_keys = ON; INSERT INTO session(hash, staff, csrf, expires_ms) VALUES('h', 'nobody', '', 0)",
                                    )?;
                                }
                                Ok(())
                            })
                        });
                        while lock(&store.group.0).jobs.len() <= n {
                            thread::yield_now();
                        }
                        held
                    })
                    .collect();
                drop(writer);
                threads.into_iter().map(|t| t.join().unwrap()).collect()
            })
        };
        let before = commits();
        assert!(together(false).iter().all(Result::is_ok));
        assert_eq!((rows(&store), commits() - before), (8, 1));
        store.write(|tx| Ok(tx.execute("DELETE FROM meta WHERE key LIKE 'job%'", [])?)).unwrap();
        assert!(together(true).iter().all(Result::is_err));
        assert_eq!(rows(&store), 0);
    }

    #[test]
    fn who_just_had_the_writer_does_not_overtake_who_waits_for_it() {
        let dir = tempfile::tempdir().unwrap();
        let store = Sqlite::open(dir.path(), &Hands::default(), &Counting::default()).unwrap();
        for n in 1..=200 {
            thread::scope(|s| {
                let wait = || while store.turn.try_lock().is_ok() {};
                store
                    .write(|_| {
                        s.spawn(|| store.write_in_group(move |tx| Ok(tx.execute("INSERT INTO meta(key, value) VALUES('job' || ?1, 'x')", [n])?)).unwrap());
                        wait();
                        Ok(())
                    })
                    .unwrap();
                let seen = store.write(|tx| Ok(tx.query_row("SELECT count(*) FROM meta WHERE key LIKE 'job%'", [], |row| row.get::<_, i64>(0))?));
                assert_eq!(seen.unwrap(), n);
            });
        }
    }
}
