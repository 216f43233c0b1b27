using System.Collections.Immutable;
using Quartier.Api.Accounts;
using Quartier.Api.Http;

namespace Quartier.Api.Live;

/// <summary>An open line: its watcher, what it may carry, its record, and the timers that wake it.</summary>
internal sealed class LiveLine : IDisposable
{
    /// <summary>Longest time that a timer takes (about 49 days), with a margin: it is set again when it fires.</summary>
    private const double TimerMaxMs = 40.0 * 86_400_000;

    private static readonly ImmutableArray<string> Everything = ["*/*/*"];

    private readonly Watcher _watcher;
    private readonly LinePermissions _permissions;
    private readonly LineRecord _record;
    private readonly WatchedCredential _credential;
    private readonly CancellationTokenRegistration _ended;
    private readonly TimeProvider _time;
    private readonly Caller _caller;
    private readonly ITimer _minute;
    private readonly ITimer _until;
    private long _timerMs = long.MaxValue;
    private long _written;

    public LiveLine(Watcher watcher, LinePermissions permissions, LineRecord record, WatchedCredential credential, TimeProvider time, Caller caller)
    {
        (_watcher, _permissions, _record, _credential, _time, _caller) = (watcher, permissions, record, credential, time, caller);
        _written = time.GetTimestamp();
        _ended = credential.Ended.UnsafeRegister(static watcher => ((Watcher)watcher!).Wake(), watcher);
        _minute = time.CreateTimer(static watcher => ((Watcher)watcher!).Wake(), watcher, LineRecord.Period, LineRecord.Period);
        _until = time.CreateTimer(static line => ((LiveLine)line!).OnUntil(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        SetTimer();
    }

    private ImmutableArray<string> Streams => _permissions.Chosen is { } chosen ? [.. chosen.Order(StringComparer.Ordinal)] : Everything;

    /// <summary>False when the ledger cannot take that the line opens.</summary>
    public bool TryOpen() => _record.TryOpen(_caller.Purpose, Streams);

    /// <summary>What is to be written next, or why the line ends.</summary>
    public async ValueTask<(LiveEvent? Event, LiveEnd? End)> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = await _watcher.NextAsync(cancellationToken).ConfigureAwait(false);
            if (await _permissions.CheckAsync(_credential.Ended.IsCancellationRequested, cancellationToken).ConfigureAwait(false) is { } end)
            {
                return (null, end);
            }

            if (!_record.TryNote())
            {
                return (null, LiveEnd.LedgerUnavailable);
            }

            var subjects = await _permissions.FilterAsync(next.Subjects, _record.Tally, cancellationToken).ConfigureAwait(false);
            SetTimer();
            if (next.MustResync || subjects.Count > 0 || _time.GetElapsedTime(_written) >= Watcher.Silence)
            {
                _written = _time.GetTimestamp();
                return (next.MustResync ? next : new LiveEvent(false, subjects), null);
            }
        }
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _minute.Dispose();
        _until.Dispose();
        _ended.Dispose();
        _credential.Dispose();
        _record.Close(_caller.Purpose, Streams);
    }

    private void OnUntil()
    {
        _timerMs = long.MaxValue;
        _watcher.Wake();
    }

    /// <summary>The line is woken when the first permission ends; what it finds then is decided, not guessed.</summary>
    private void SetTimer()
    {
        var untilMs = _permissions.UntilMs;
        if (untilMs == long.MaxValue || untilMs == _timerMs)
        {
            return;
        }

        _timerMs = untilMs;
        var leftMs = Math.Max(0.0, untilMs - _time.GetUtcNow().ToUnixTimeMilliseconds());
        _until.Change(TimeSpan.FromMilliseconds(Math.Min(leftMs, TimerMaxMs)), Timeout.InfiniteTimeSpan);
    }
}
