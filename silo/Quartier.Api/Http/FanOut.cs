namespace Quartier.Api.Http;

/// <summary>Asks many grains at once, with bounded concurrency, and keeps the order.</summary>
internal static class FanOut
{
    /// <summary>Calls under way for one request: enough to hide a grain's turn, few enough not to crowd out ingest.</summary>
    public const int CallsMax = 64;

    public static async Task<TOut[]> AllAsync<TIn, TOut>(
        IReadOnlyList<TIn> items, Func<TIn, Task<TOut>> ask, CancellationToken cancellationToken)
    {
        var answers = new TOut[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = CallsMax, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            items.Count,
            options,
            async (i, token) => answers[i] = await ask(items[i]).WaitAsync(token).ConfigureAwait(false)).ConfigureAwait(false);
        return answers;
    }
}
