using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Registry;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts;

/// <summary>Reads what an administrator says about a person.</summary>
internal sealed class PersonForm(IRegistry registry)
{
    /// <summary>The person as they shall be, or what is wrong with the request.</summary>
    /// <param name="before">The person as they are; null for a new one.</param>
    /// <param name="request">What is to change.</param>
    public Outcome<Person> Read(Person? before, PersonRequest request)
    {
        var known = before ?? new Person(request.Id ?? string.Empty, request.Name ?? string.Empty, [], [], null, null, null, null, Enabled: true);
        var after = known with
        {
            Name = request.Name ?? known.Name,
            Offices = request.Offices is { } offices ? [.. offices.Distinct(StringComparer.Ordinal)] : known.Offices,
            City = Changed(request.City, known.City),
            Issuer = Changed(request.Issuer, known.Issuer),
            Subject = Changed(request.Subject, known.Subject),
            Email = Changed(request.Email, known.Email),
            Enabled = request.Enabled ?? known.Enabled,
        };
        if (Objection(before, request, after) is { } objection)
        {
            return Problems.BadBody(objection);
        }

        return request.Roles is { } roles ? after with { Roles = [.. roles.Distinct(StringComparer.Ordinal).Select(Words<Role>.Parse).Order()] } : after;
    }

    private static string? Changed(string? wanted, string? before) => wanted switch
    {
        null => before,
        "" => null,
        _ => wanted,
    };

    private string? Objection(Person? before, PersonRequest request, Person after)
    {
        if (before is not null && request.Id is not null && request.Id != before.Id)
        {
            return $"'id' is '{Problems.Quote(request.Id)}': an id stays for ever, the ledger names it. Leave 'id' out, or add another person.";
        }

        if (!PrincipalNames.IsId(after.Id))
        {
            return $"'id' is '{Problems.Quote(after.Id)}': 1 to {PrincipalNames.IdMax} lower-case letters, digits and '-' are taken, such as 'a-meier'.";
        }

        if (!PrincipalNames.IsName(after.Name))
        {
            return $"'name' is '{Problems.Quote(after.Name)}': 1 to {PrincipalNames.NameMax} characters are taken, no space at the ends.";
        }

        var unknown = request.Roles?.FirstOrDefault(r => !Words<Role>.All.Contains(r, StringComparer.Ordinal));
        return unknown is not null
            ? $"'roles' names '{Problems.Quote(unknown)}': {string.Join(", ", Words<Role>.All)} are known."
            : ObjectionToPlace(after) ?? ObjectionToIdentity(after);
    }

    private string? ObjectionToPlace(Person after)
    {
        if (after.City is { } city && registry.Find(city) is null)
        {
            return $"'city' is '{Problems.Quote(city)}', which is not registered. Leave it out for all cities, or name one of: {string.Join(", ", registry.Cities.Order(StringComparer.Ordinal))}.";
        }

        if (after.Offices.Length > AccountLimits.OfficesMax)
        {
            return $"'offices' names {after.Offices.Length}; at most {AccountLimits.OfficesMax} are taken.";
        }

        var cities = after.City is { } only ? [only] : registry.Cities;
        var offices = cities.Select(registry.Find).OfType<RegistrySnapshot>().SelectMany(s => s.City.Offices).Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        var unknown = after.Offices.FirstOrDefault(o => !PrincipalNames.IsId(o) || (offices.Count > 0 && !offices.Contains(o)));
        return unknown is null
            ? null
            : $"'offices' names '{Problems.Quote(unknown)}', which no registry file declares. Known are: {string.Join(", ", offices.Order(StringComparer.Ordinal))}.";
    }

    private static string? ObjectionToIdentity(Person after)
    {
        if (after.Issuer is { } issuer && (!PrincipalNames.IsSubject(issuer) || !Uri.TryCreate(issuer, UriKind.Absolute, out _)))
        {
            return $"'issuer' is '{Problems.Quote(issuer)}': the identity provider's address is expected, such as https://login.example.";
        }

        if (after.Subject is { } subject && (after.Issuer is null || !PrincipalNames.IsSubject(subject)))
        {
            return $"'subject' is '{Problems.Quote(subject)}': it needs 'issuer' and takes at most {PrincipalNames.SubjectMax} printable characters.";
        }

        return after.Email is { } email && !PrincipalNames.IsEmail(email) ? $"'email' is '{Problems.Quote(email)}', which is no e-mail address." : null;
    }
}
