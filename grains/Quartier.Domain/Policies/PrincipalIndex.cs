using Quartier.Contracts.Principals;

namespace Quartier.Domain.Policies;

/// <summary>Numbers for the principals that a policy names, so that a decision compares numbers.</summary>
internal sealed class PrincipalIndex
{
    private const int Everybody = 0;

    private readonly Dictionary<string, int> _persons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _offices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _contracts = new(StringComparer.Ordinal);
    private readonly Dictionary<Role, int> _roles = [];
    private int _next = Everybody + 1;

    /// <summary>The number of a reference such as <c>office:mobility</c>; -1 when it is none, which matches nobody.</summary>
    public int Add(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var id = reference[(colon + 1)..];
        return (colon < 0 ? reference : reference[..colon]) switch
        {
            "public" when colon < 0 => Everybody,
            "person" => Number(_persons, id),
            "office" => Number(_offices, id),
            "contract" => Number(_contracts, id),
            "role" when PolicyWords.Roles.TryGetValue(id, out var role) => Number(_roles, role),
            _ => -1,
        };
    }

    /// <summary>Most numbers that <see cref="Resolve"/> writes for the principal.</summary>
    public static int Most(Principal principal) =>
        2 + (principal.Offices.IsDefault ? 0 : principal.Offices.Length) + (principal.Roles.IsDefault ? 0 : principal.Roles.Length);

    /// <summary>
    /// Writes the numbers that the principal answers to: everybody's; a person's own, those of the offices and roles; a system's contract's.
    /// Those that the policy does not name are left out. Returns how many were written.
    /// </summary>
    public int Resolve(Principal principal, Span<int> numbers)
    {
        var count = 0;
        numbers[count++] = Everybody;
        if (principal.Kind == PrincipalKind.System)
        {
            Write(_contracts, principal.Contract ?? "", numbers, ref count);
        }
        else if (principal.Kind == PrincipalKind.Person)
        {
            Write(_persons, principal.Id, numbers, ref count);
            foreach (var office in principal.Offices.IsDefault ? [] : principal.Offices)
            {
                Write(_offices, office, numbers, ref count);
            }

            foreach (var role in principal.Roles.IsDefault ? [] : principal.Roles)
            {
                Write(_roles, role, numbers, ref count);
            }
        }

        return count;
    }

    private static void Write<T>(Dictionary<T, int> known, T key, Span<int> numbers, ref int count)
        where T : notnull
    {
        if (known.TryGetValue(key, out var number))
        {
            numbers[count++] = number;
        }
    }

    private int Number<T>(Dictionary<T, int> known, T key)
        where T : notnull
    {
        if (!known.TryGetValue(key, out var number))
        {
            number = _next++;
            known.Add(key, number);
        }

        return number;
    }
}
