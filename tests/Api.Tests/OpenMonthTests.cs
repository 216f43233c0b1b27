using Api.Tests.Fakes;
using Quartier.Api.OpenData;
using Quartier.Contracts.Policies;
using Quartier.Domain.Publication;

namespace Api.Tests;

/// <summary>Months that are computed when somebody asks, and what bounds that.</summary>
public sealed class OpenMonthTests
{
    private static readonly PublishedTable Table = PublishedTable.Restore([], []);
    private readonly Lock _counting = new();
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Two_are_computed_at_once_some_wait_and_beyond_is_refused()
    {
        using var months = new OpenMonths(_time);
        using var begun = new SemaphoreSlim(0);
        var finish = new TaskCompletionSource();
        var (running, most) = (0, 0);
        var asked = Enumerable.Range(0, OpenMonths.WaitingMax).Select(i => months.ReadAsync(Stream(), Month(i), ComputeAsync, TestContext.Current.CancellationToken)).ToList();
        for (var i = 0; i < OpenMonths.ComputedMax; i++)
        {
            await begun.WaitAsync(TestContext.Current.CancellationToken);
        }

        Assert.False((await months.ReadAsync(Stream(), Month(-1), ComputeAsync, TestContext.Current.CancellationToken)).TryGet(out _, out var problem));
        Assert.Equal((429, "urn:quartier:problem:too-many-questions"), (problem.Body.Status, problem.Body.Type));

        // Whoever asks for what is under way already waits for that.
        var same = months.ReadAsync(Stream(), Month(0), ComputeAsync, TestContext.Current.CancellationToken);
        finish.SetResult();
        foreach (var answer in asked.Append(same))
        {
            Assert.True((await answer).TryGet(out var table, out _));
            Assert.Same(Table, table);
        }

        Assert.Equal(OpenMonths.ComputedMax, most);
        Assert.True((await months.ReadAsync(Stream(), Month(-1), ComputeAsync, TestContext.Current.CancellationToken)).TryGet(out _, out _));

        async Task<PublishedTable> ComputeAsync()
        {
            lock (_counting)
            {
                most = Math.Max(most, ++running);
            }

            begun.Release();
            await finish.Task;
            lock (_counting)
            {
                running--;
            }

            return Table;
        }
    }

    [Fact]
    public async Task What_failed_is_computed_again_and_whoever_leaves_ends_nobody_elses_wait()
    {
        using var months = new OpenMonths(_time);
        await Assert.ThrowsAsync<IOException>(() => months.ReadAsync(Stream(), Month(0), () => throw new IOException("the disk says no"), TestContext.Current.CancellationToken));
        using var leaving = new CancellationTokenSource();
        var finish = new TaskCompletionSource<PublishedTable>();
        var left = months.ReadAsync(Stream(), Month(0), () => finish.Task, leaving.Token);
        var stays = months.ReadAsync(Stream(), Month(0), () => throw new InvalidOperationException("It is under way."), TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        finish.SetResult(Table);
        Assert.True((await stays).TryGet(out _, out _));
    }

    private static DateOnly Month(int months) => new DateOnly(2026, 6, 1).AddMonths(months);

    private static PublishedStream Stream() => new(null!, "values", "total", "1", CellMeasure.Mean, PublicationDefinition.Default, [], 365);
}
