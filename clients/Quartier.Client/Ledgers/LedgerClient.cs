using System.Globalization;
using System.Net.Http.Json;

namespace Quartier.Client.Ledgers;

/// <summary>The ledger (docs/ledger-format.md). Throws like <see cref="QuartierClient"/>.</summary>
public sealed class LedgerClient
{
    private readonly QuartierClient client;

    internal LedgerClient(QuartierClient client) => this.client = client;

    /// <summary>A page of entries, for the data-protection officer.</summary>
    /// <param name="city">Id of the city; null for the installation's own ledger, of sign-ins and accounts that count in all cities.</param>
    /// <param name="query">Which entries.</param>
    /// <param name="from">Index of the first.</param>
    /// <param name="limit">1 … 1,000.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<LedgerPage> ListAsync(string? city, LedgerQuery query, long from, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var address = (city is null ? "api/installation/ledger" : Path(city, string.Empty)) + QuartierClient.Query(
            ("from", Text(from)),
            ("limit", Text(limit)),
            ("kind", query.Kind),
            ("who", query.Who),
            ("district", query.District),
            ("for", query.Purpose),
            ("stream", query.Stream));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await client.SendAsync(request, ClientJson.Default.LedgerPage, cancellation).ConfigureAwait(false);
    }

    /// <summary>What the ledger commits to.</summary>
    public async Task<LedgerHead> GetHeadAsync(string city, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path(city, "/checkpoint"));
        return await client.SendAsync(request, ClientJson.Default.LedgerHead, cancellation).ConfigureAwait(false);
    }

    /// <summary>The proof that an entry is in the tree of that many entries.</summary>
    public async Task<LedgerProof> ProveAsync(string city, long index, long size, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, Path(city, "/proof") + QuartierClient.Query(("index", Text(index)), ("size", Text(size))));
        return await client.SendAsync(request, ClientJson.Default.LedgerProof, cancellation).ConfigureAwait(false);
    }

    /// <summary>How often which stream was read for which purpose.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="daysAgo">Which day: 0 … 60 before today (UTC).</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<LedgerSummary> GetSummaryAsync(string city, int daysAgo, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path(city, "/summary") + QuartierClient.Query(("days-ago", Text(daysAgo))));
        return await client.SendAsync(request, ClientJson.Default.LedgerSummary, cancellation).ConfigureAwait(false);
    }

    /// <summary>Who a pseudonym stands for, for the data-protection officer; the ledger records the question.</summary>
    public async Task<ResolvedPseudonym> ResolveAsync(string city, string pseudonym, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(city, "/resolve"))
        {
            Content = JsonContent.Create(new PseudonymQuestion(pseudonym), ClientJson.Default.PseudonymQuestion),
        };
        return await client.SendAsync(request, ClientJson.Default.ResolvedPseudonym, cancellation).ConfigureAwait(false);
    }

    /// <summary>Accepts that the ledger does not hold, for the data-protection officer: the next log begins with an entry that says so.</summary>
    public async Task<AcceptedBreak> AcceptBreakAsync(string city, string because, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(city, "/accept-break"))
        {
            Content = JsonContent.Create(new BreakReason(because), ClientJson.Default.BreakReason),
        };
        return await client.SendAsync(request, ClientJson.Default.AcceptedBreak, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes the whole ledger out, for the data-protection officer.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="read">Reads the export while it arrives.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<T> ExportAsync<T>(string city, Func<Stream, Task<T>> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path(city, "/export"));
        using var answer = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        await QuartierClient.ThrowIfProblemAsync(answer, cancellation).ConfigureAwait(false);
        var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            return await read(body).ConfigureAwait(false);
        }
    }

    private static string Path(string city, string rest) => $"api/cities/{Uri.EscapeDataString(city)}/ledger{rest}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
