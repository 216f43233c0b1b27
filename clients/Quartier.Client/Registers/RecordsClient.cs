using System.Text.Json.Serialization.Metadata;

namespace Quartier.Client.Registers;

/// <summary>The public register, the records and the contracts (docs/registers.md). Throws like <see cref="QuartierClient"/>.</summary>
public sealed class RecordsClient
{
    private readonly QuartierClient client;

    internal RecordsClient(QuartierClient client) => this.client = client;

    /// <summary>A page of the public register of sensors.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="after"><see cref="RegisterPage.Next"/> of the page before; null for the first.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<RegisterPage> GetRegisterAsync(string city, string? after, CancellationToken cancellation) => SendAsync(
        HttpMethod.Get,
        $"open/cities/{Escape(city)}/register{QuartierClient.Query(("limit", "1000"), ("after", after))}",
        ClientJson.Default.RegisterPage,
        cancellation);

    /// <summary>A record as the configuration gives it now.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="record"><c>processing</c> or <c>impact-assessment</c>.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<RecordView> GetAsync(string city, string record, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, Path(city, record), ClientJson.Default.RecordView, cancellation);

    /// <summary>What changed since the record was approved.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<RecordChanges> GetChangesAsync(string city, string record, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, Path(city, record) + "/changes", ClientJson.Default.RecordChanges, cancellation);

    /// <summary>The record, or what changed in it, as a page made for print.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="record"><c>processing</c> or <c>impact-assessment</c>.</param>
    /// <param name="changes">True for what changed.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<string> GetPageAsync(string city, string record, bool changes, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path(city, record)}{(changes ? "/changes" : string.Empty)}?format=html");
        return await client.SendTextAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Approves a record that was read, as the data-protection officer.</summary>
    /// <param name="city">Id of the city.</param>
    /// <param name="record"><c>processing</c> or <c>impact-assessment</c>.</param>
    /// <param name="digest"><see cref="RecordView.Digest"/> of what was read: when it is another one by now, nothing is approved.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<RecordApproval> ApproveAsync(string city, string record, string digest, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post, $"{Path(city, record)}/approve{QuartierClient.Query(("digest", digest))}", ClientJson.Default.RecordApproval, cancellation);

    /// <summary>The contracts of the city's policy in force.</summary>
    public Task<IReadOnlyList<Contract>> GetContractsAsync(string city, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, $"api/cities/{Escape(city)}/contracts", ClientJson.Default.IReadOnlyListContract, cancellation);

    private static string Path(string city, string record) => $"api/cities/{Escape(city)}/records/{Escape(record)}";

    private static string Escape(string segment) => Uri.EscapeDataString(segment);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        return await client.SendAsync(request, type, cancellation).ConfigureAwait(false);
    }
}
