namespace Quartier.Client.Retention;

/// <summary>A run of the retention.</summary>
/// <param name="Night">Its night, or the time at which it was asked for.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Phase">How far it has come; <c>done</c> at the end.</param>
/// <param name="Ended">When it was done; null before.</param>
/// <param name="Incident">What keeps it from going on, with the remedy; null when nothing does.</param>
public sealed record RetentionRun(string Night, string By, string Phase, DateTimeOffset? Ended, string? Incident);
