using System.Globalization;

namespace Quartier.Silo;

/// <summary>
/// The line to a program that started this one with <c>--stop-with-stdin</c>: when standard input ends the silo stops, and <c>heap</c> is answered
/// with the bytes that the managed heap really holds. Nobody else can reach it.
/// </summary>
internal sealed class ParentLine(IHostApplicationLifetime lifetime, TextReader input, TextWriter output) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await input.ReadLineAsync(stoppingToken).ConfigureAwait(false) is { } line)
        {
            if (string.Equals(line, "heap", StringComparison.Ordinal))
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"heapBytes\":{GC.GetTotalMemory(forceFullCollection: true)}}}"))
                    .ConfigureAwait(false);
                await output.FlushAsync(stoppingToken).ConfigureAwait(false);
            }
        }

        lifetime.StopApplication();
    }
}
