namespace Quartier.Simulation.Weeks;

/// <summary>
/// What the city's grain must have counted. It is told of refusals every second and keeps them every ten; what it has kept, no crash takes back.
/// What it was not told, or has not kept, dies with the process: the gateway has its answer all the same. So within one life of the process the
/// count is exact, a clean stop loses nothing, and a crash loses nothing but what came after the last keeping.
/// </summary>
internal sealed class RefusalAccount
{
    private long _atStart;
    private long _notedAtStart;
    private long _reported;
    private long _kept;

    /// <summary>What the grain must count now, when everything has been reported.</summary>
    public long Expected(long noted) => _atStart + noted - _notedAtStart;

    /// <summary>Everything noted so far has been reported to the grain.</summary>
    public void Report(long noted) => _reported = Expected(noted);

    /// <summary>Time enough has passed for the grain to keep what was reported, and the disk took it.</summary>
    public void Keep() => _kept = _reported;

    /// <summary>A new life of the process has begun with what the last one kept.</summary>
    public void Begin(long counted, long noted, bool afterCleanStop)
    {
        var expected = Expected(noted);
        Assert.InRange(counted, afterCleanStop ? expected : _kept, expected);
        (_atStart, _notedAtStart, _reported, _kept) = (counted, noted, counted, counted);
    }
}
