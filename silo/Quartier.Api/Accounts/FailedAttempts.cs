using System.Collections.Concurrent;
using System.Net;

namespace Quartier.Api.Accounts;

/// <summary>
/// Counts wrong credentials by remote address. A secret of 256 bits cannot be guessed; what is bounded is the noise in ledger and log. So a right
/// credential always passes: nobody is locked out by what others send from the same address.
/// </summary>
internal sealed class FailedAttempts(TimeProvider time)
{
    /// <summary>Wrong credentials from one address that are answered and recorded one by one within a window.</summary>
    public const int AttemptsMax = 20;

    /// <summary>Addresses counted apart; beyond, all others are counted together.</summary>
    public const int AddressesMax = 10_000;

    /// <summary>How long attempts are counted together.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly IPAddress Others = IPAddress.None;

    private readonly ConcurrentDictionary<IPAddress, Attempts> _attempts = new();

    /// <summary>Counts one; false with the seconds left when there were too many.</summary>
    public bool TryCount(IPAddress? remote, out int retryAfterSeconds)
    {
        var now = time.GetTimestamp();
        if (_attempts.Count >= AddressesMax)
        {
            Forget(now);
        }

        var address = remote is null || (_attempts.Count >= AddressesMax && !_attempts.ContainsKey(remote)) ? Others : remote;
        var attempts = _attempts.AddOrUpdate(
            address,
            _ => new(now, 1),
            (_, found) => time.GetElapsedTime(found.Begun, now) >= Window ? new(now, 1) : found with { Count = Math.Min(found.Count + 1, AttemptsMax + 1) });
        retryAfterSeconds = Math.Max(1, (int)Math.Ceiling((Window - time.GetElapsedTime(attempts.Begun, now)).TotalSeconds));
        return attempts.Count <= AttemptsMax;
    }

    private void Forget(long now)
    {
        foreach (var (address, attempts) in _attempts)
        {
            if (time.GetElapsedTime(attempts.Begun, now) >= Window)
            {
                _attempts.TryRemove(new(address, attempts));
            }
        }
    }

    private sealed record Attempts(long Begun, int Count);
}
