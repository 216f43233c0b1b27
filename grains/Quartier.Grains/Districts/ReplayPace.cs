namespace Quartier.Grains.Districts;

/// <summary>
/// As of when silence is judged while recorded data are replayed: the greatest time heard in the district, less what gateways may run apart, in whole
/// steps. It follows from the readings alone, so that the same replay judges alike however fast it goes.
/// </summary>
internal sealed class ReplayPace
{
    /// <summary>
    /// How far one gateway may lag behind another and still not count as silent. The replay keeps them within an hour and a half of event time of each
    /// other; a connection that is lost and made anew at a fast pace may cost some hours more.
    /// </summary>
    public static readonly TimeSpan Lag = TimeSpan.FromHours(6);

    /// <summary>Silence is judged once in so much event time: a day that passes in a second asks every sensor 24 times, not for every reading.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromHours(1);

    private long _judgedMs;

    /// <summary>As of when silence has been judged, in milliseconds since 1970-01-01T00:00:00Z; 0 before the first time.</summary>
    public long JudgedMs => _judgedMs;

    /// <summary>True when event time has gone on by a step; then <see cref="JudgedMs"/> is the new time.</summary>
    /// <param name="greatestTimeMs">The greatest time heard, in milliseconds since 1970-01-01T00:00:00Z.</param>
    public bool TryAdvance(long greatestTimeMs)
    {
        var asOfMs = greatestTimeMs - (long)Lag.TotalMilliseconds;
        asOfMs -= asOfMs % (long)Step.TotalMilliseconds;
        if (asOfMs <= _judgedMs)
        {
            return false;
        }

        _judgedMs = asOfMs;
        return true;
    }
}
