using System.Collections.Immutable;
using Quartier.Contracts.Retention;
using Quartier.Domain.Retention;

namespace Quartier.Grains.Retention;

/// <summary>The steps of a run. Each may be repeated, and gives the run as it stands after it.</summary>
internal sealed class RetentionSteps(RetentionPorts ports, RetentionForgetting forgetting)
{
    /// <summary>Takes the next step.</summary>
    public Task<RetentionRun> TakeAsync(RetentionRun run) => run.Phase switch
    {
        RetentionPhase.Begun => PlanMovesAsync(run),
        RetentionPhase.MovesPlanned => MoveAsync(run),
        RetentionPhase.Moved => PlanAsync(run),
        RetentionPhase.Planned => RollUpAsync(run),
        RetentionPhase.RolledUp => DropAsync(run),
        RetentionPhase.Dropped => ForgetAsync(run),
        RetentionPhase.Forgotten => SignAsync(run),
        RetentionPhase.Signed => RecordAsync(run),
        _ => Task.FromResult(run),
    };

    private RetentionBook Book => RetentionBook.Of(ports.Registry, ports.Policies);

    private async Task<RetentionRun> PlanMovesAsync(RetentionRun run)
    {
        var book = Book;
        var moves = await ports.Store.PlanMovesAsync(book.Terms, CancellationToken.None);
        await SavePlansAsync(CertificatePlan.OfMoves(run.Night, book, moves));
        return run with { Phase = RetentionPhase.MovesPlanned };
    }

    private async Task<RetentionRun> MoveAsync(RetentionRun run)
    {
        await ports.Store.ApplyTermsAsync(Book.Terms, CancellationToken.None);
        return run with { Phase = RetentionPhase.Moved };
    }

    private async Task<RetentionRun> PlanAsync(RetentionRun run)
    {
        var expiring = await ports.Store.PlanAsync(run.NowMs, CancellationToken.None);
        var planned = await PlansAsync();
        await SavePlansAsync(CertificatePlan.WithDeletions(
            run.Night, Book, [.. planned.Where(p => string.Equals(p.Night, run.Night, StringComparison.Ordinal))], expiring));
        return run with { Phase = RetentionPhase.Planned };
    }

    private async Task<RetentionRun> RollUpAsync(RetentionRun run)
    {
        var terms = Book.Terms;
        await ports.Store.RollUpAsync(terms, run.NowMs, CancellationToken.None);
        var verified = await ports.Store.VerifyRollUpsAsync(terms, run.NowMs, CancellationToken.None);
        return verified.Problems.IsEmpty
            ? run with { Phase = RetentionPhase.RolledUp, Incident = null }
            : run with { Incident = $"Roll-ups do not hold what the readings do, so nothing was deleted: {verified.Problems[0]}" };
    }

    private async Task<RetentionRun> DropAsync(RetentionRun run)
    {
        await ports.Readings.DeleteExpiredAsync(run.NowMs, CancellationToken.None);
        return run with { Phase = RetentionPhase.Dropped };
    }

    private async Task<RetentionRun> ForgetAsync(RetentionRun run)
    {
        var published = await forgetting.RunAsync(Book, await PlansAsync(), run.NowMs);
        return run with { Phase = RetentionPhase.Forgotten, PublishedBefore = published };
    }

    /// <summary>Plans of earlier nights whose places could not be found empty then are signed now.</summary>
    private async Task<RetentionRun> SignAsync(RetentionRun run)
    {
        var places = await ports.ExamineAsync(run.NowMs, run.PublishedBefore);
        if (places.FirstOrDefault(p => !p.Findings.IsEmpty) is { } found)
        {
            return run with { Incident = $"Readings whose retention has ended are still there ({found.Place}), so nothing is certified: {found.Findings[0]}" };
        }

        var signed = (await PlansAsync()).Select(plan => CertificatePlan.Sign(plan, ports.NowMs, places));
        await ports.Certificates.SaveAsync([.. signed.Select(c => new StoredCertificate(c, CertificateText.Digest(c), null))], CancellationToken.None);
        var open = await ports.Certificates.OpenAsync(CancellationToken.None);
        var sizes = run.LedgerSizes;
        foreach (var city in open.Select(c => c.Certificate.City).Where(city => !sizes.ContainsKey(city)).Distinct(StringComparer.Ordinal))
        {
            sizes = sizes.SetItem(city, ports.Ledger.SizeOf(city));
        }

        return run with { Phase = RetentionPhase.Signed, Incident = null, LedgerSizes = sizes };
    }

    private async Task<RetentionRun> RecordAsync(RetentionRun run)
    {
        foreach (var stored in (await ports.Certificates.OpenAsync(CancellationToken.None)).Where(c => c.Certificate.IsSigned))
        {
            var index = await ports.Ledger.AppendAsync(stored, run.By, run.LedgerSizes.GetValueOrDefault(stored.Certificate.City));
            await ports.Certificates.SaveAsync([stored with { LedgerIndex = index }], CancellationToken.None);
        }

        return run with { Phase = RetentionPhase.Done, EndedMs = ports.NowMs, LedgerSizes = ImmutableDictionary<string, long>.Empty };
    }

    private async Task<ImmutableArray<Certificate>> PlansAsync() =>
        [.. (await ports.Certificates.OpenAsync(CancellationToken.None)).Select(c => c.Certificate).Where(c => !c.IsSigned)];

    private ValueTask SavePlansAsync(ImmutableArray<Certificate> plans) => plans.IsEmpty
        ? ValueTask.CompletedTask
        : ports.Certificates.SaveAsync([.. plans.Select(p => new StoredCertificate(p, string.Empty, null))], CancellationToken.None);
}
