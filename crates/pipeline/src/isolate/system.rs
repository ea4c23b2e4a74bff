//! What systems differ in: limits on memory, and ending a process with all that it started.
//!
//! On Linux the limit is on address space (`RLIMIT_AS`); macOS takes the call and does not keep to it. On Windows a worker
//! and what it starts form a Job Object, which ends with the run; its memory is looked at while it works, as the
//! job's own limit cannot be set without unsafe code. The Windows branch has been neither compiled nor run on Windows yet.

pub(super) use imp::*;

#[cfg(unix)]
mod imp {
    use std::os::unix::process::{CommandExt, ExitStatusExt};
    use std::process::{Child, Command, ExitStatus};

    use rustix::process::{Pid, Resource, Rlimit, Signal, getpgrp, getpid, kill_process_group, setrlimit};

    /// A worker together with all that it starts: a process group.
    #[derive(Debug)]
    pub(in crate::isolate) struct Group(Option<Pid>);

    /// Makes the process that `command` starts the head of a group.
    pub(in crate::isolate) fn prepare(command: &mut Command) {
        command.process_group(0);
    }

    impl Group {
        pub(in crate::isolate) fn of(child: &Child) -> Self {
            Self(i32::try_from(child.id()).ok().and_then(Pid::from_raw))
        }

        /// Ends all processes of the group.
        pub(in crate::isolate) fn end(&self) {
            if let Some(group) = self.0 {
                let _ = kill_process_group(group, Signal::KILL);
            }
        }

        /// Whether it holds more memory than it may; here the system itself sees to that.
        pub(in crate::isolate) fn exceeds(&self, _bytes: u64) -> bool {
            false
        }
    }

    /// Limits the memory of this process to `bytes`, and that of each process that it starts.
    pub(in crate::isolate) fn limit_memory(bytes: u64) {
        let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
        // refused only where a lower limit is in force already
        let _ = setrlimit(Resource::As, limit);
    }

    /// Ends this process with all that it started, where it heads a group.
    pub(in crate::isolate) fn end_self() {
        if getpgrp() == getpid() {
            let _ = kill_process_group(getpid(), Signal::KILL);
        }
    }

    /// The number of the signal that ended a process.
    pub(in crate::isolate) fn signal(status: ExitStatus) -> Option<i32> {
        status.signal()
    }
}

#[cfg(windows)]
mod imp {
    use std::os::windows::io::AsRawHandle;
    use std::os::windows::process::CommandExt;
    use std::process::{Child, Command, ExitStatus};
    use std::sync::Mutex;

    use win32job::{ExtendedLimitInfo, Job};

    /// The worker hears no Ctrl-C: it ends when the run does.
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;

    /// A worker together with all that it starts: a job.
    #[derive(Debug)]
    pub(in crate::isolate) struct Group {
        /// Closing the job ends its processes.
        job: Mutex<Option<Job>>,
        worker: isize,
    }

    pub(in crate::isolate) fn prepare(command: &mut Command) {
        command.creation_flags(CREATE_NEW_PROCESS_GROUP);
    }

    impl Group {
        pub(in crate::isolate) fn of(child: &Child) -> Self {
            let worker = child.as_raw_handle() as isize;
            let mut limits = ExtendedLimitInfo::new();
            limits.limit_kill_on_job_close();
            let job = Job::create_with_limit_info(&limits).ok().filter(|job| job.assign_process(worker).is_ok());
            Self { job: Mutex::new(job), worker }
        }

        pub(in crate::isolate) fn end(&self) {
            if let Ok(mut job) = self.job.lock() {
                job.take();
            }
        }

        pub(in crate::isolate) fn exceeds(&self, bytes: u64) -> bool {
            let used = win32job::utils::get_process_memory_info(self.worker);
            used.is_ok_and(|used| used.private_usage as u64 > bytes)
        }
    }

    /// The run looks at the memory of its workers.
    pub(in crate::isolate) fn limit_memory(_bytes: u64) {}

    /// The job ends with the run, and with it all of its processes.
    pub(in crate::isolate) fn end_self() {}

    pub(in crate::isolate) fn signal(_status: ExitStatus) -> Option<i32> {
        None
    }
}
