//! Work on many things at once, with the results in order.

use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;

use crate::Stop;

/// Of the stack of a thread that converts text.
const STACK: usize = 8 << 20;

/// Does `work` on the numbers below `count` with `jobs` threads (0: one for each core), and gives what comes of each to
/// `each`, in order. `start` makes what a thread keeps from one number to the next.
///
/// No number is begun while one is unfinished that lies far before it, so that few results wait in memory. Where `work`
/// gives `None`, or `stop` is set, no more are begun; results are then given up to the first that is lacking.
///
/// # Errors
/// Those of `each`, at which the work ends; and of the system where no threads can be made.
pub fn ordered<S, T: Send>(
    count: usize,
    jobs: usize,
    stop: &Stop,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize) -> Option<T> + Sync,
    each: &mut dyn FnMut(usize, T) -> io::Result<()>,
) -> io::Result<()> {
    let jobs = if jobs == 0 { thread::available_parallelism().map_or(1, usize::from) } else { jobs };
    let jobs = jobs.min(count);
    let line = Line { next: AtomicUsize::new(0), given: Mutex::new(0), moved: Condvar::new(), window: jobs * 8 + 24 };
    thread::scope(|scope| {
        let (send, results) = mpsc::channel();
        for _ in 0..jobs {
            let (send, line, start, work) = (send.clone(), &line, &start, &work);
            let run = move || {
                let mut state = start();
                while let Some(number) = line.take(count, stop) {
                    let result = catch_unwind(AssertUnwindSafe(|| work(&mut state, number)));
                    let (result, panic) = match result {
                        Ok(result) => (result, None),
                        Err(panic) => (None, Some(panic)),
                    };
                    let last = result.is_none();
                    let taken = send.send((number, result));
                    if let Some(panic) = panic {
                        resume_unwind(panic);
                    }
                    if last || taken.is_err() {
                        break;
                    }
                }
            };
            if let Err(error) = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run) {
                line.close();
                return Err(error);
            }
        }
        drop(send);
        let given = give(&results, &line, each);
        // threads that wait for their turn learn that it will not come
        line.close();
        given
    })
}

/// Gives results on in order, until all have come or one is lacking.
fn give<T>(
    results: &mpsc::Receiver<(usize, Option<T>)>,
    line: &Line,
    each: &mut dyn FnMut(usize, T) -> io::Result<()>,
) -> io::Result<()> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, result) in results {
        let Some(result) = result else {
            line.close();
            continue;
        };
        waiting.insert(number, result);
        while let Some(result) = waiting.remove(&next) {
            each(next, result)?;
            next += 1;
            line.move_on(next);
        }
    }
    Ok(())
}

/// Who is next, and how far results have been given.
struct Line {
    next: AtomicUsize,
    given: Mutex<usize>,
    moved: Condvar,
    window: usize,
}

impl Line {
    /// The next number, once those far before it are done; `None` where there is none or the work is to end.
    fn take(&self, count: usize, stop: &Stop) -> Option<usize> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        if number >= count || stop.is_set() {
            return None;
        }
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        while number >= given.saturating_add(self.window) {
            given = self.moved.wait(given).unwrap_or_else(PoisonError::into_inner);
        }
        // usize::MAX is the mark of a line that is closed
        (*given != usize::MAX && !stop.is_set()).then_some(number)
    }

    fn move_on(&self, next: usize) {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        if *given != usize::MAX {
            *given = next;
        }
        self.moved.notify_all();
    }

    fn close(&self) {
        *self.given.lock().unwrap_or_else(PoisonError::into_inner) = usize::MAX;
        self.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn run(count: usize, jobs: usize, work: impl Fn(usize) -> Option<usize> + Sync) -> Vec<usize> {
        let mut got = Vec::new();
        let mut each = |number: usize, result: usize| {
            assert_eq!(number, got.len());
            got.push(result);
            Ok(())
        };
        ordered(count, jobs, &Stop::default(), || (), |(), number| work(number), &mut each).unwrap();
        got
    }

    #[test]
    fn results_come_in_order_whoever_is_first() {
        let slow_first = |number: usize| {
            thread::sleep(Duration::from_micros(if number.is_multiple_of(7) { 900 } else { 10 }));
            Some(number * 2)
        };
        for jobs in [1, 3, 16] {
            assert_eq!(run(300, jobs, slow_first), (0..300).map(|n| n * 2).collect::<Vec<_>>());
        }
        assert!(run(0, 4, Some).is_empty());
    }

    #[test]
    fn few_results_wait_while_one_is_slow() {
        let ahead = AtomicUsize::new(0);
        run(500, 2, |number| {
            if number == 0 {
                thread::sleep(Duration::from_millis(200));
                assert!(ahead.load(Ordering::Relaxed) <= 40);
            }
            ahead.fetch_add(1, Ordering::Relaxed);
            Some(number)
        });
    }

    #[test]
    fn what_is_lacking_ends_the_work() {
        let got = run(10_000, 4, |number| (number != 70).then_some(number));
        // a number below it may have been taken and not begun
        assert!(got.len() <= 70 && got == (0..got.len()).collect::<Vec<_>>(), "{got:?}");
        let stop = Stop::default();
        let mut each = |number: usize, (): ()| {
            if number == 20 {
                assert!(!stop.set() && stop.set());
            }
            Ok(())
        };
        let begun = AtomicUsize::new(0);
        let work = |(): &mut (), _| {
            begun.fetch_add(1, Ordering::Relaxed);
            Some(())
        };
        ordered(10_000, 2, &stop, || (), work, &mut each).unwrap();
        assert!(begun.load(Ordering::Relaxed) < 200);
    }

    #[test]
    #[should_panic = "a scoped thread panicked"]
    fn a_panic_is_passed_on_and_holds_nobody_up() {
        run(1_000, 3, |number| if number == 3 { panic!("a fault") } else { Some(number) });
    }

    #[test]
    fn an_error_of_the_taker_ends_the_work() {
        let mut each = |number: usize, (): ()| if number == 5 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) };
        let result = ordered(10_000, 3, &Stop::default(), || (), |(), _| Some(()), &mut each);
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
