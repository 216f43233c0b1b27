namespace Quartier.Api.Questions;

/// <summary>What each of many callers may still send: so much a second, ten seconds' worth at once.</summary>
/// <param name="rate">A second; more than zero.</param>
/// <param name="time">The clock.</param>
internal sealed class Allowances(double rate, TimeProvider time)
{
    /// <summary>Seconds' worth that may be sent at once: a page asks for some dozens of things when it opens, and a map for more.</summary>
    public const int BurstSeconds = 10;

    /// <summary>Callers counted apart; beyond, all others are counted together.</summary>
    public const int CallersMax = 10_000;

    private const string Others = "others";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Allowance> _allowances = new(StringComparer.Ordinal);
    private long _refused;

    /// <summary>How often something was refused.</summary>
    public long Refused
    {
        get
        {
            lock (_gate)
            {
                return _refused;
            }
        }
    }

    /// <summary>Takes what a request counts, when there is a whole one left; false with the seconds after which there is.</summary>
    public bool TryTake(string caller, double count, out int retryAfterSeconds)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var key = KeyOf_NeedsLock(caller, now);
            var left = Left_NeedsLock(key, now);
            retryAfterSeconds = left < 1 ? Math.Max(1, (int)Math.Ceiling((1 - left) / rate)) : 0;
            _allowances[key] = new(left < 1 ? left : left - count, now);
            _refused += left < 1 ? 1 : 0;
            return left >= 1;
        }
    }

    /// <summary>Takes more of whoever has been let through already.</summary>
    public void Charge(string caller, double count)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var key = KeyOf_NeedsLock(caller, now);
            _allowances[key] = new(Left_NeedsLock(key, now) - count, now);
        }
    }

    private string KeyOf_NeedsLock(string caller, long now) => _allowances.ContainsKey(caller) || HasRoom_NeedsLock(now) ? caller : Others;

    private double Left_NeedsLock(string key, long now) => _allowances.TryGetValue(key, out var known) ? known.At(now, time, rate) : rate * BurstSeconds;

    /// <summary>Whoever has been quiet for as long as a burst takes is as good as new.</summary>
    private bool HasRoom_NeedsLock(long now)
    {
        if (_allowances.Count < CallersMax)
        {
            return true;
        }

        foreach (var (caller, _) in _allowances.Where(a => a.Value.At(now, time, rate) >= rate * BurstSeconds).ToList())
        {
            _allowances.Remove(caller);
        }

        return _allowances.Count < CallersMax;
    }

    private readonly record struct Allowance(double Left, long Since)
    {
        public double At(long now, TimeProvider time, double rate) => Math.Min(rate * BurstSeconds, Left + (time.GetElapsedTime(Since, now).TotalSeconds * rate));
    }
}
