using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Quartier.Gateway.Mqtt;

namespace Quartier.Cli.Demo.Policies;

/// <summary>Makes one request and says what came.</summary>
internal sealed class PolicyTrial(PolicyTown town, HttpClient http)
{
    /// <summary>Five seconds: many batches, even on a busy machine.</summary>
    private const int LedgerLooks = 20;

    private const string PurposeHeader = "Quartier-Purpose";

    /// <summary>A sensor that everybody may watch: what is sent after another one shows that the other one's time has passed.</summary>
    private const string Witness = "strasse/rad-dorf";

    /// <summary>Longer than a line collects changes, and than a busy machine takes to deliver one message.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What came: as <see cref="PolicyRequest.Expected"/>, or a sentence when more was wrong than that.</summary>
    public async Task<string> MakeAsync(PolicyRequest request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return request.Way switch
            {
                Way.Live => await WatchAsync(request, limit.Token).ConfigureAwait(false),
                Way.LiveEnds => await WatchUntilRevokedAsync(request, limit.Token).ConfigureAwait(false),
                Way.Mqtt => await SubscribeAsync(request, limit.Token).ConfigureAwait(false),
                _ => await GetAsync(request, limit.Token).ConfigureAwait(false),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"nothing within {Patience.TotalSeconds:0} s";
        }
    }

    /// <summary>The ledger takes what is read and denied in batches: what happened a moment ago may not stand in it yet, so it is asked again for a while.</summary>
    private async Task<string> GetAsync(PolicyRequest request, CancellationToken cancellation)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        var answer = await AskOnceAsync(request, cancellation).ConfigureAwait(false);
        for (var again = 0; again < LedgerLooks && request.Target.StartsWith("ledger", StringComparison.Ordinal) && answer != request.Expected; again++)
        {
            await pause.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
            answer = await AskOnceAsync(request, cancellation).ConfigureAwait(false);
        }

        return answer;
    }

    private async Task<string> AskOnceAsync(PolicyRequest request, CancellationToken cancellation)
    {
        using var asked = Ask(request, $"{(request.Way == Way.Open ? "open" : "api")}/cities/{PolicyTown.Id}/{request.Target}");
        using var answer = await http.SendAsync(asked, cancellation).ConfigureAwait(false);
        var body = await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (answer.StatusCode == HttpStatusCode.Forbidden && Reason(body) is { } reason && request.Expected.Contains(' ', StringComparison.Ordinal))
        {
            status += " " + reason;
        }

        return status != request.Expected ? $"{status} {Shortened(body)}" : status + Surprise(request, body, answer.Headers);
    }

    private static string Surprise(PolicyRequest request, string body, HttpResponseHeaders headers)
    {
        if (request.Has is { } text && !body.Contains(text, StringComparison.Ordinal) && !headers.Any(h => h.Value.Any(v => v.Contains(text, StringComparison.Ordinal))))
        {
            return $" without '{text}': {Shortened(body)}";
        }

        return request.Lacks is { } secret && body.Contains(secret, StringComparison.Ordinal) ? $" with '{secret}': {Shortened(body)}" : string.Empty;
    }

    private async Task<string> WatchAsync(PolicyRequest request, CancellationToken cancellation)
    {
        using var answer = await OpenLineAsync(request, cancellation).ConfigureAwait(false);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), Encoding.UTF8);
        await town.SendAsync(request.Target, request.Rows, cancellation).ConfigureAwait(false);

        // Changes are collected for half a second: the witness comes in a later event than what was sent before it, or in the same.
        await town.SendAsync(Witness, 1, cancellation).ConfigureAwait(false);
        while (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (line.Contains($"sensor/{request.Target}\"", StringComparison.Ordinal))
            {
                return "arrives";
            }

            if (line.Contains($"sensor/{Witness}\"", StringComparison.Ordinal))
            {
                return "silent";
            }
        }

        return "the line ended";
    }

    private async Task<string> WatchUntilRevokedAsync(PolicyRequest request, CancellationToken cancellation)
    {
        using var answer = await OpenLineAsync(request, cancellation).ConfigureAwait(false);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), Encoding.UTF8);
        await town.RevokeAsync(request.Who, cancellation).ConfigureAwait(false);
        while (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("event: ended", StringComparison.Ordinal))
            {
                return "ended";
            }
        }

        return "the line ended without a word";
    }

    private async Task<HttpResponseMessage> OpenLineAsync(PolicyRequest request, CancellationToken cancellation)
    {
        using var asked = Ask(request, $"api/cities/{PolicyTown.Id}/live");
        var answer = await http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        return answer.EnsureSuccessStatusCode();
    }

    private async Task<string> SubscribeAsync(PolicyRequest request, CancellationToken cancellation)
    {
        var city = $"v1/{PolicyTown.Id}";
        MqttSubscriber subscriber;
        try
        {
            subscriber = await MqttSubscriber.OpenAsync(
                town.Silo.Mqtt, town.KeyOf(request.Who), request.Purpose, request.IsLive ? $"{city}/live/#" : $"{city}/#", cancellation).ConfigureAwait(false);
        }
        catch (MqttConnectionException)
        {
            return "refused";
        }

        using (subscriber)
        {
            // Everybody's witness: without a purpose it is implied for the public, and every other subscriber is watched by a second one.
            var witnessed = request.IsLive ? $"{city}/live/+/sensor/{Witness}/+" : $"{city}/{Witness}";
            using var witness = await MqttSubscriber.OpenAsync(town.Silo.Mqtt, null, null, witnessed, cancellation).ConfigureAwait(false);
            var arrival = ArrivesAsync(subscriber, request.Target, cancellation);
            await town.SendAsync(request.Target, request.Rows, cancellation).ConfigureAwait(false);
            await town.SendAsync(Witness, 1, cancellation).ConfigureAwait(false);
            await witness.NextTopicAsync(cancellation).ConfigureAwait(false);
            return await Task.WhenAny(arrival, Task.Delay(TimeSpan.FromMilliseconds(500), cancellation)).ConfigureAwait(false) == arrival
                ? await arrival.ConfigureAwait(false)
                : "silent";
        }
    }

    private static async Task<string> ArrivesAsync(MqttSubscriber subscriber, string sensor, CancellationToken cancellation)
    {
        while (await subscriber.NextTopicAsync(cancellation).ConfigureAwait(false) is { } topic)
        {
            if ($"{topic}/".Contains($"/{sensor}/", StringComparison.Ordinal))
            {
                return "arrives";
            }
        }

        return "silent";
    }

    private HttpRequestMessage Ask(PolicyRequest request, string path)
    {
        var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        asked.Headers.AcceptLanguage.ParseAdd("en");
        if (town.KeyOf(request.Who) is { } key)
        {
            asked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (request.Purpose is { } purpose)
        {
            asked.Headers.Add(PurposeHeader, purpose);
        }

        return asked;
    }

    private static string? Reason(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shortened(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
