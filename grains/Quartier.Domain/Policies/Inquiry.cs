using Quartier.Contracts.Districts;

namespace Quartier.Domain.Policies;

/// <summary>A request on its way through the decision, with the numbers that its principal answers to.</summary>
internal readonly ref struct Inquiry(ReadRequest request, long nowMs, ReadOnlySpan<int> numbers)
{
    public const int NoPurpose = -1;
    public const int Ambiguous = -2;

    private readonly ReadOnlySpan<int> _numbers = numbers;

    public ReadRequest Request { get; } = request;

    public long NowMs { get; } = nowMs;

    /// <summary>Whether the principal answers to one of the numbers.</summary>
    public bool IsAmong(int[] principals)
    {
        foreach (var principal in principals)
        {
            if (_numbers.Contains(principal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first denial, by id, that covers the request; null when none does.</summary>
    public CompiledDenial? DeniedBy(CompiledStream stream, int purpose)
    {
        foreach (var denial in stream.Denials)
        {
            if (denial.Covers(purpose) && IsAmong(denial.Principals))
            {
                return denial;
            }
        }

        return null;
    }

    /// <summary>
    /// The grant that decides and its judgement: the first that permits, or else the one with which the request comes furthest; null when none is
    /// for the principal and the purpose.
    /// </summary>
    public CompiledGrant? Best(ReadSite site, int purpose, out DenialReason reason)
    {
        var grants = site.Stream!.Grants;
        CompiledGrant? best = null;
        reason = DenialReason.NoGrant;
        for (var i = 0; i < grants.Length; i++)
        {
            var grant = grants[i];
            if (grant.Purpose != purpose || !IsAmong(grant.Principals))
            {
                continue;
            }

            var judged = grant.Judge(site.IsInside(i), NowMs, Request.Resolution, Request.Scope);
            if (best is null || CompiledGrant.Progress(judged) > CompiledGrant.Progress(reason))
            {
                (best, reason) = (grant, judged);
            }

            if (judged == DenialReason.None)
            {
                break;
            }
        }

        return best;
    }

    /// <summary>
    /// The purpose that is meant although none was stated: the only one of the grants that could apply, or when none could any more, of those for
    /// the principal at all. <see cref="NoPurpose"/> when there is no grant, <see cref="Ambiguous"/> when there are several purposes.
    /// </summary>
    public int Implied(ReadSite site, CompiledContract? contract)
    {
        var (living, any) = (NoPurpose, NoPurpose);
        var grants = site.Stream!.Grants;
        for (var i = 0; i < grants.Length; i++)
        {
            var grant = grants[i];
            if (!IsAmong(grant.Principals) || contract?.HoldsPurpose(grant.Purpose) == false)
            {
                continue;
            }

            any = Joined(any, grant.Purpose);
            if (site.IsInside(i) && grant.Definition.UntilMs > NowMs)
            {
                living = Joined(living, grant.Purpose);
            }
        }

        return living == NoPurpose ? any : living;
    }

    private static int Joined(int known, int purpose) => known == NoPurpose || known == purpose ? purpose : Ambiguous;
}
