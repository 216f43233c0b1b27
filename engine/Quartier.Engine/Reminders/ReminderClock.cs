using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace Quartier.Engine.Reminders;

/// <summary>
/// Wakes grains at their reminders. The table keeps them; in memory they wait in one queue with one timer. Ticks missed while the process
/// was down are not made up for: the next one comes at the next multiple of the period.
/// </summary>
internal sealed class ReminderClock : IReminderRegistry, IDisposable
{
    // System timers take at most about 49 days; looking once a day costs nothing.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly GrainEngine _engine;
    private readonly IReminderTable? _table;
    private readonly TimeSpan _minimumPeriod;
    private readonly ITimer _timer;
    private readonly Dictionary<(GrainId Grain, string Name), Wait> _waits = [];
    private readonly PriorityQueue<Wait, DateTime> _queue = new();

    public ReminderClock(GrainEngine engine, IOptions<ReminderOptions> options, IReminderTable? table = null)
    {
        _engine = engine;
        _table = table;
        _minimumPeriod = options.Value.MinimumReminderPeriod;
        _timer = EngineTimers.Create(engine.Time, static state => ((ReminderClock)state!).Ring(), this);
    }

    private DateTime UtcNow => _engine.Time.GetUtcNow().UtcDateTime;

    private IReminderTable Table => _table ?? throw new OrleansConfigurationException(
        "Reminders need a table to survive a restart: register an IReminderTable, or call UseInMemoryReminderService() for a trial.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_table is null)
        {
            return;
        }

        await _table.StartAsync(cancellationToken).ConfigureAwait(false);
        var stored = await _table.ReadRows(0, 0).ConfigureAwait(false);
        foreach (var entry in stored.Reminders)
        {
            Schedule(entry);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer.Dispose();
        return _table is null ? Task.CompletedTask : _table.StopAsync(cancellationToken);
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(dueTime), dueTime, "A reminder is due at some time: not negative, not never.");
        }

        if (period < _minimumPeriod)
        {
            throw new ArgumentException(
                $"Cannot register reminder {reminderName}: its period is {period}, the least is {_minimumPeriod} (ReminderOptions.MinimumReminderPeriod).",
                nameof(period));
        }

        var entry = new ReminderEntry { GrainId = callingGrainId, ReminderName = reminderName, StartAt = UtcNow + dueTime, Period = period };
        entry.ETag = await Table.UpsertRow(entry).ConfigureAwait(true);
        Schedule(entry);
        return new ReminderHandle(reminderName, entry.ETag!);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        var handle = reminder as ReminderHandle ?? throw new ArgumentException("Not a reminder of this engine.", nameof(reminder));
        if (!await Table.RemoveRow(callingGrainId, handle.ReminderName, handle.ETag).ConfigureAwait(true))
        {
            throw new ReminderException($"Reminder {handle.ReminderName} of {callingGrainId} was changed meanwhile; get it again and retry.");
        }

        lock (_lock)
        {
            _waits.Remove((callingGrainId, handle.ReminderName));
        }
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        var entry = await Table.ReadRow(callingGrainId, reminderName).ConfigureAwait(true);
        return entry is null ? null : new ReminderHandle(entry.ReminderName, entry.ETag!);
    }

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        var stored = await Table.ReadRows(callingGrainId).ConfigureAwait(true);
        return [.. stored.Reminders.Select(entry => new ReminderHandle(entry.ReminderName, entry.ETag!))];
    }

    public void Dispose() => _timer.Dispose();

    private void Schedule(ReminderEntry entry)
    {
        lock (_lock)
        {
            var wait = new Wait(entry, NextTick(entry));
            _waits[(entry.GrainId, entry.ReminderName)] = wait;
            _queue.Enqueue(wait, wait.Due);
            Arm_NeedsLock();
        }
    }

    private DateTime NextTick(ReminderEntry entry)
    {
        var now = UtcNow;
        if (entry.StartAt >= now)
        {
            return entry.StartAt;
        }

        var periods = ((now - entry.StartAt).Ticks / entry.Period.Ticks) + 1;
        return entry.StartAt + (entry.Period * periods);
    }

    private void Ring()
    {
        foreach (var wait in TakeDue())
        {
            _ = Wake(wait);
        }
    }

    private List<Wait> TakeDue()
    {
        var due = new List<Wait>();
        lock (_lock)
        {
            while (_queue.TryPeek(out var wait, out var at) && at <= UtcNow)
            {
                _queue.Dequeue();
                var key = (wait.Entry.GrainId, wait.Entry.ReminderName);
                if (!_waits.TryGetValue(key, out var current) || !ReferenceEquals(current, wait))
                {
                    continue;
                }

                due.Add(wait);
                var next = wait with { Due = wait.Due + wait.Entry.Period };
                _waits[key] = next;
                _queue.Enqueue(next, next.Due);
            }

            Arm_NeedsLock();
        }

        return due;
    }

    private void Arm_NeedsLock()
    {
        if (_queue.TryPeek(out _, out var at))
        {
            var wait = at - UtcNow;
            _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task Wake(Wait wait)
    {
        var entry = wait.Entry;
        try
        {
            var kind = _engine.Directory.KindOf(entry.GrainId.Type);
            var grain = (IRemindable)_engine.Directory.Bind(typeof(IRemindable), kind).Refer(entry.GrainId.Key.ToString());
            await grain.ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, wait.Due)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The boundary of a reminder: whatever its grain throws must not stop the others.
            EngineLog.ReminderFailed(_engine.Log, e, entry.ReminderName, entry.GrainId.ToString());
        }
    }

    private sealed record Wait(ReminderEntry Entry, DateTime Due);
}
