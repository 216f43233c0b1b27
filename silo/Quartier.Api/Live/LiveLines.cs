using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;

namespace Quartier.Api.Live;

/// <summary>Opens lines.</summary>
internal sealed class LiveLines(
    IGrainFactory grains, CityDirectory directory, Decisions decisions, LiveFeed feed, ILedger ledger, CredentialWatch credentials, TimeProvider time)
{
    private const int RetrySeconds = 30;

    /// <summary>A line for the caller. The datastreams named must all be permitted; without any, it carries whatever is.</summary>
    public async Task<Outcome<LiveLine>> OpenAsync(
        Caller caller, CityIndex city, IReadOnlyList<LineStream> chosen, CancellationToken cancellationToken)
    {
        var permissions = new LinePermissions(grains, directory, feed, time, caller, city.Id);
        if (chosen.Count > 0)
        {
            var decided = await DecideAsync(caller, city, chosen, cancellationToken).ConfigureAwait(false);
            if (decided.FirstOrDefault(d => !d.Decision.Permitted) is { Decision: not null } denied)
            {
                return Denials.Problem(
                    caller, city.Id, denied.Stream.Name, Resolution.Raw, denied.Decision, decisions.Words(denied.Decision.Explanation));
            }

            await permissions.ChooseAsync(decided, cancellationToken).ConfigureAwait(false);
        }

        if (feed.TryWatch(city.Id) is not { } watcher)
        {
            return Problems.Unavailable(
                $"{LiveFeed.WatchersMax} pages are watching, which is the limit. Close one, or read without watching.", RetrySeconds);
        }

        var record = new LineRecord(ledger, time, city.Id, caller.Principal.Reference);
        var line = new LiveLine(watcher, permissions, record, credentials.Watch(caller.Credential), time, caller);
        if (line.TryOpen())
        {
            return line;
        }

        line.Dispose();
        return RecordGate.Unavailable();
    }

    private async Task<List<(LineStream Stream, ReadDecision Decision)>> DecideAsync(
        Caller caller, CityIndex city, IReadOnlyList<LineStream> chosen, CancellationToken cancellationToken)
    {
        await decisions.PrepareAsync(caller, city, chosen.Select(c => (c.District, c.Name)), Resolution.Raw, cancellationToken, rows: 0)
            .ConfigureAwait(false);
        var decided = new List<(LineStream, ReadDecision)>(chosen.Count);
        foreach (var stream in chosen)
        {
            decided.Add((stream, await decisions.AskAsync(caller, city, stream.District, stream.Name).ConfigureAwait(false)));
        }

        return decided;
    }
}
