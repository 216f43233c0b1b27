namespace Quartier.Silo.SensorThings;

/// <summary>
/// Marks a message that holds what everybody might know when it was made, and that the silo itself has made: no client can mark one. What everybody may know changes, and nobody is asked about such a
/// message, so it does not wait for long.
/// </summary>
/// <param name="UntilMs">When nobody gets it any more, in milliseconds since 1970-01-01T00:00:00Z.</param>
internal sealed record OpenNotice(long UntilMs)
{
    /// <summary>How long one waits for a reader: for one that reads slowly, not for one that is away.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <summary>The mark of a message that is made now.</summary>
    public static OpenNotice At(TimeProvider time) => new((time.GetUtcNow() + Wait).ToUnixTimeMilliseconds());
}
