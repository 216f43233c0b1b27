using Quartier.Contracts.Principals;

namespace Quartier.Api.Accounts;

/// <summary>A credential by which something lasting is open: a live stream, an MQTT connection. Dispose it when that closes.</summary>
public sealed class WatchedCredential : IDisposable
{
    /// <summary>Longest time that a timer takes (about 49 days), with a margin.</summary>
    private static readonly TimeSpan s_timerMax = TimeSpan.FromDays(40);

    private readonly CredentialWatch? _watch;
    private readonly CancellationTokenSource _ended = new();
    private readonly TimeProvider _time;
    private readonly long _untilMs;
    private readonly ITimer? _timer;

    internal WatchedCredential(CredentialWatch? watch, string? reference, Principal principal, TimeProvider time)
    {
        (_watch, Reference, Principal, _time, _untilMs) = (watch, reference, principal, time, principal.UntilMs);
        Ended = _ended.Token;
        if (_untilMs != long.MaxValue)
        {
            _timer = time.CreateTimer(static state => ((WatchedCredential)state!).EndWhenDue(), this, Left(), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Cancelled the moment the credential ends: revoked, expired, signed out, or its person changed or disabled.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Who it is.</summary>
    public Principal Principal { get; }

    /// <summary>Which credential it is (<see cref="CheckedCredential.Reference"/>); null for none.</summary>
    public string? Reference { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch?.Leave(this);
        _timer?.Dispose();
        _ended.Dispose();
    }

    internal void End()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // What it was open for has closed by itself at the same moment.
            _timer?.Dispose();
        }
    }

    private void EndWhenDue()
    {
        if (_time.GetUtcNow().ToUnixTimeMilliseconds() >= _untilMs)
        {
            End();
        }
        else
        {
            _timer?.Change(Left(), Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan Left()
    {
        var leftMs = Math.Max(0, _untilMs - _time.GetUtcNow().ToUnixTimeMilliseconds());
        return leftMs >= s_timerMax.TotalMilliseconds ? s_timerMax : TimeSpan.FromMilliseconds(leftMs);
    }
}
