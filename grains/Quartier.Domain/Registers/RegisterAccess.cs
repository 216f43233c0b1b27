using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>Who may read a datastream, without naming persons.</summary>
/// <param name="Kind"><c>public</c>, <c>office</c>, <c>role</c>, <c>contract</c> or <c>person</c>.</param>
/// <param name="Who">For people; a person is "eine benannte Person".</param>
/// <param name="Purpose">Id of the purpose.</param>
/// <param name="Resolution">The finest resolution that is granted.</param>
/// <param name="Scope"><c>sensor</c>, or <c>cell</c> for aggregates over cells only.</param>
/// <param name="Until">When it ends; <c>never</c> when it does not.</param>
/// <param name="Onward">Whether and how the data may be passed on; null for a person's grant, whose text may name the person.</param>
public sealed record RegisterAccess(string Kind, BilingualText Who, string Purpose, string Resolution, string Scope, string Until, string? Onward);
