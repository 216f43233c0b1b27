using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>What can be answered to a change that is not made.</summary>
internal static class WriteProblems
{
    public static ApiProblem Body(BodyProblem problem) => problem.IsTooMuch
        ? Problems.Create(StatusCodes.Status413PayloadTooLarge, "too-large", "The request's body is too large", Sentence(problem))
        : Bad(Sentence(problem));

    public static ApiProblem Bad(string detail) =>
        Problems.Create(StatusCodes.Status400BadRequest, "bad-entity", "The entity is not taken", detail);

    public static ApiProblem NotFound(EntityKind kind, long id) => Problems.Create(
        StatusCodes.Status404NotFound, "unknown", "No such entity", $"There is no {EntityTypes.Of(kind).SetName}({id}). GET the set to see which there are.");

    public static ApiProblem Missing(EntityKind kind, long id) =>
        Bad($"There is no {EntityTypes.Of(kind).SetName}({id}) to which the body could link. Create it first, or send it within the body.");

    public static ApiProblem Conflict(string detail) =>
        Problems.Create(StatusCodes.Status409Conflict, "conflict", "The change contradicts what is registered", detail);

    /// <summary>What stands in the city's file is changed there.</summary>
    public static ApiProblem InFile(string what) =>
        Conflict($"{what} stands in the city's registry file. Change it there, and apply the file (quartier city apply).");

    public static ApiProblem NotDone(string detail) =>
        Problems.Create(StatusCodes.Status501NotImplemented, "not-implemented", "This server does not do that", detail);

    public static ApiProblem Registry(ImmutableArray<RegistryProblem> problems) =>
        Bad($"The registry does not take it: {string.Join("; ", problems.Take(5).Select(p => p.Message))}.");

    public static ApiProblem Refused(AmendRefusal refusal) => refusal.Reason switch
    {
        null => NotDone(refusal.Text),
        ChangeRefusalReason.NotFound or ChangeRefusalReason.NotConnected =>
            Problems.Create(StatusCodes.Status404NotFound, "unknown", "No such entity", refusal.Text),
        ChangeRefusalReason.OtherVersion => Precondition(refusal.Text),
        ChangeRefusalReason.Taken => Conflict(refusal.Text),
        ChangeRefusalReason.TooMany => TooMany(refusal.Text),
        _ => Bad(refusal.Text),
    };

    /// <summary>One change would bring more others with it than one request may.</summary>
    public static ApiProblem TooMany(string detail) =>
        Problems.Create(StatusCodes.Status413PayloadTooLarge, "too-large", "The change would make too many others", detail);

    public static ApiProblem Precondition(string detail) =>
        Problems.Create(StatusCodes.Status412PreconditionFailed, "precondition-failed", "The entity has changed meanwhile", detail);

    private static string Sentence(BodyProblem problem) =>
        problem.Where.Length == 0 ? $"{char.ToUpperInvariant(problem.Text[0])}{problem.Text[1..]}." : $"'{Problems.Quote(problem.Where)}': {problem.Text}.";
}
