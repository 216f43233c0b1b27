using System.Collections.Immutable;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Goes through a decision step by step and writes down what was looked at; ends with the decision itself.</summary>
internal sealed class DecisionWalk(CompiledPolicy policy, ReadDecision decision)
{
    private readonly ImmutableArray<StepTried>.Builder _steps = ImmutableArray.CreateBuilder<StepTried>();

    public ImmutableArray<StepTried> Take(in Inquiry inquiry)
    {
        if (TryReachPurpose(inquiry, out var site, out var contract))
        {
            TakePurpose(inquiry, site!, contract);
        }

        _steps.Add(new StepTried("decision", decision.Grant, decision.Reason, decision.Explanation));
        return _steps.ToImmutable();
    }

    private bool TryReachPurpose(in Inquiry inquiry, out ReadSite? site, out CompiledContract? contract)
    {
        var request = inquiry.Request;
        contract = null;
        site = policy.Site(request.Sensor, request.Property);
        if (!Pass("credential", request.Principal.Reference, DenialReason.CredentialEnded, "Anmeldung oder Schlüssel gilt.", "The session or key is valid.")
            || !Pass("registered", null, DenialReason.NotRegistered, "Der Datenstrom ist registriert.", "The datastream is registered.")
            || !Pass("stream", site?.Stream?.Definition.Id, DenialReason.Quarantine, "Ein Eintrag der Richtlinie regelt ihn.", "An entry of the policy covers it."))
        {
            return false;
        }

        if (request.Principal.Kind != PrincipalKind.System)
        {
            return true;
        }

        contract = policy.Contract(request.Principal);
        var isStream = decision.Reason == DenialReason.OutsideContract && decision.Purpose is null;
        return Pass("contract", request.Principal.Contract, DenialReason.ContractEnded, "Der Vertrag besteht.", "The contract is in force.")
            && (!isStream || Fail("contract", request.Principal.Contract));
    }

    private void TakePurpose(in Inquiry inquiry, ReadSite site, CompiledContract? contract)
    {
        var purpose = policy.PurposeOf(inquiry, site, contract);
        if (purpose < 0)
        {
            Fail("purpose", inquiry.Request.Purpose);
            TakeGrants(inquiry, site, purpose);
            return;
        }

        var id = policy.PurposeId(purpose);
        var stated = inquiry.Request.Purpose is null ? ("nicht genannt, aber eindeutig", "not stated, but clear") : ("genannt", "stated");
        Add("purpose", id, DenialReason.None, $"Der Zweck '{id}' ist {stated.Item1}.", $"The purpose '{id}' is {stated.Item2}.");
        if (decision.Reason == DenialReason.OutsideContract)
        {
            Fail("contract", inquiry.Request.Principal.Contract);
            return;
        }

        if (!Pass("collected-for", id, DenialReason.PurposeMismatch, "Der Datenstrom wird dafür erhoben.", "The datastream is collected for it.")
            || !Pass("denial", decision.Reason == DenialReason.DeniedByPolicy ? decision.Grant : null, DenialReason.DeniedByPolicy, "Keine Sperre trifft zu.", "No denial applies."))
        {
            return;
        }

        TakeGrants(inquiry, site, purpose);
    }

    private void TakeGrants(in Inquiry inquiry, ReadSite site, int purpose)
    {
        for (var i = 0; i < site.Stream!.Grants.Length; i++)
        {
            var grant = site.Stream.Grants[i];
            var definition = grant.Definition;
            if (!inquiry.IsAmong(grant.Principals))
            {
                var to = string.Join(", ", definition.Principals);
                Add("grant", definition.Id, DenialReason.NoGrant, $"Gilt für andere: {to}.", $"Is for others: {to}.");
            }
            else if (grant.Purpose != purpose)
            {
                Add(
                    "grant", definition.Id, DenialReason.NoGrant,
                    $"Gilt für einen anderen Zweck: {definition.Purpose}.", $"Is for another purpose: {definition.Purpose}.");
            }
            else
            {
                var reason = grant.Judge(site.IsInside(i), inquiry.NowMs, inquiry.Request.Resolution, inquiry.Request.Scope);
                var judged = reason == DenialReason.None ? grant.Permit : policy.Texts.NotByGrant(inquiry.Request, reason, definition);
                _steps.Add(new StepTried("grant", definition.Id, reason, judged.Explanation));
            }
        }
    }

    private bool Pass(string step, string? subject, DenialReason failure, string de, string en)
    {
        if (decision.Reason == failure)
        {
            return Fail(step, subject);
        }

        Add(step, subject, DenialReason.None, de, en);
        return true;
    }

    private bool Fail(string step, string? subject)
    {
        _steps.Add(new StepTried(step, subject, decision.Reason, decision.Explanation));
        return false;
    }

    private void Add(string step, string? subject, DenialReason reason, string de, string en) =>
        _steps.Add(new StepTried(step, subject, reason, new BilingualText(de, en)));
}
