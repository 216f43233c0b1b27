namespace Quartier.Contracts;

/// <summary>
/// How long callers wait for grain methods that may take longer than the 30 s that are usual, as <see cref="ResponseTimeoutAttribute"/> takes it. Whoever only reads
/// keeps the usual time: a page is better served by an early "not yet" than by a late answer.
/// </summary>
public static class ResponseTimes
{
    /// <summary>
    /// For what a sensor or an asset must be awake for: it may go through all its readings first, for which it has ten minutes, and once more with what it is told.
    /// </summary>
    public const string Waking = "00:20:00";

    /// <summary>
    /// For what concerns every sensor of a city, or waits behind it: 100,000 that are awake take a minute, and so do a hundred with a million readings each that must
    /// wake. Who changes something is not served by an early answer: the change goes on all the same, and nobody would know how it ended.
    /// </summary>
    public const string City = "01:00:00";

    /// <summary>For what goes through every place of the installation: hours with tens of millions of readings to move, and behind such a run.</summary>
    public const string Installation = "1.00:00:00";
}
