using Quartier.Api.Json;
using Quartier.Contracts.Retention;

namespace Quartier.Api.Native.Retention;

/// <summary>A run of the retention.</summary>
/// <param name="Night">Its night, or the time at which it was asked for.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Phase">How far it has come.</param>
/// <param name="Ended">When it was done; null before.</param>
/// <param name="Incident">What keeps it from going on, with the remedy; null when nothing does.</param>
internal sealed record RetentionRunItem(string Night, string By, string Phase, UtcTime? Ended, string? Incident)
{
    public static RetentionRunItem Of(RetentionRun run) => new(run.Night, run.By, Words<RetentionPhase>.Of(run.Phase), UtcTime.OrNull(run.EndedMs), run.Incident);
}
