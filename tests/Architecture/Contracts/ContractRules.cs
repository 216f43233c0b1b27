using Architecture.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Contracts;

/// <summary>
/// What a grain call carries is immutable and numbered (ADR 0002; house style 20): the embedded engine passes it by reference,
/// and a message of yesterday's version must still be read tomorrow.
/// </summary>
internal static class ContractRules
{
    private const string Home = "grains/Quartier.Contracts/";

    private static readonly string[] ImmutableCollections =
    [
        "ImmutableArray", "ImmutableList", "ImmutableDictionary", "ImmutableSortedDictionary", "ImmutableHashSet", "ImmutableSortedSet", "ImmutableQueue",
        "ImmutableStack",
    ];

    private static readonly string[] ImmutableValues = ["Guid", "TimeSpan", "DateTimeOffset", "DateOnly", "TimeOnly", "Uri", "Version", "Int128", "UInt128", "Half"];

    public static IEnumerable<Violation> GrainInterfaces(ContractModel model) => model.GrainInterfaces.SelectMany(GrainInterface);

    public static IEnumerable<Violation> Messages(ContractModel model) => model.Messages.SelectMany(type =>
        type.TypeKind == TypeKind.Enum ? Enumeration(type) : Message(type));

    /// <summary>Ids and aliases of everything that is serialised, also of what grains store.</summary>
    public static IEnumerable<Violation> Serialized(ContractModel model) => model.Serialized.SelectMany(type =>
        Numbered(type).Concat(Attributes.Alias(type) is null ? [At(type, $"{type.Name} is serialised without [Alias]")] : []));

    public static IEnumerable<Violation> Aliases(ContractModel model) => model.GrainInterfaces.Concat(model.Serialized)
        .Where(type => Attributes.Alias(type) is not null)
        .GroupBy(Attributes.Alias, StringComparer.Ordinal)
        .SelectMany(group => group.Skip(1).Select(type => At(type, $"the alias \"{group.Key}\" of {type.Name} is that of {group.First().Name} too")));

    private static IEnumerable<Violation> GrainInterface(INamedTypeSymbol type)
    {
        if (!ContractModel.SourcePath(type).StartsWith(Home, StringComparison.Ordinal))
        {
            yield return At(type, $"the grain interface {type.Name} stands outside {Home}");
        }

        if (Attributes.Alias(type) is null)
        {
            yield return At(type, $"the grain interface {type.Name} has no [Alias]");
        }

        var aliases = new HashSet<string>(StringComparer.Ordinal);
        foreach (var method in ContractModel.Methods(type))
        {
            var alias = Attributes.Alias(method);
            if (alias is null || !aliases.Add(alias))
            {
                yield return At(method, $"{type.Name}.{method.Name} needs an [Alias] of its own");
            }

            foreach (var parameter in method.Parameters.Where(p => !IsImmutable(p.Type) && p.Type.Name is not "CancellationToken"))
            {
                yield return At(parameter, $"{type.Name}.{method.Name} takes {parameter.Type.ToDisplayString()}, which is not an immutable message");
            }

            if (method.ReturnType is not INamedTypeSymbol { Name: "Task" or "ValueTask" or "IAsyncEnumerable" } result || !result.TypeArguments.All(IsImmutable))
            {
                yield return At(method, $"{type.Name}.{method.Name} returns {method.ReturnType.ToDisplayString()}, which is not a task of an immutable message");
            }
        }
    }

    private static IEnumerable<Violation> Message(INamedTypeSymbol type)
    {
        foreach (var name in new[] { "GenerateSerializer", "Immutable", "Alias" }.Where(name => !Attributes.Has(type, name)))
        {
            yield return At(type, $"{type.Name} crosses grain calls and has no [{name}]");
        }

        if (!type.IsRecord && !type.IsReadOnly)
        {
            yield return At(type, $"{type.Name} crosses grain calls and is neither a record nor a readonly struct");
        }

        if (type.IsReferenceType ? !type.IsSealed : !type.IsReadOnly)
        {
            yield return At(type, $"{type.Name} crosses grain calls: seal the record, or make the struct readonly");
        }

        foreach (var member in ContractModel.State(type))
        {
            if (member is IPropertySymbol { SetMethod.IsInitOnly: false } or IFieldSymbol { IsReadOnly: false })
            {
                yield return At(member, $"{type.Name}.{member.Name} can be changed: use init, get or readonly");
            }

            if (!IsImmutable(ContractModel.TypeOf(member)))
            {
                yield return At(member, $"{type.Name}.{member.Name} is {ContractModel.TypeOf(member).ToDisplayString()}: use an immutable collection or record");
            }
        }
    }

    private static IEnumerable<Violation> Numbered(INamedTypeSymbol type)
    {
        var ids = new Dictionary<uint, string>();
        foreach (var member in type.TypeKind == TypeKind.Enum ? [] : ContractModel.State(type))
        {
            if (Attributes.Id(member) is not { } id)
            {
                yield return At(member, $"{type.Name}.{member.Name} is serialised without [Id]");
            }
            else if (!ids.TryAdd(id, member.Name))
            {
                yield return At(member, $"{type.Name}.{member.Name} has the [Id({id})] of {ids[id]}");
            }
        }
    }

    /// <summary>Enums are carried as numbers: each member says its own, so that a new one cannot move the others.</summary>
    private static IEnumerable<Violation> Enumeration(INamedTypeSymbol type) =>
        from member in type.GetMembers().OfType<IFieldSymbol>()
        from reference in member.DeclaringSyntaxReferences
        where reference.GetSyntax() is EnumMemberDeclarationSyntax { EqualsValue: null }
        select At(member, $"{type.Name}.{member.Name} crosses grain calls without a written number");

    private static bool IsImmutable(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Object } => false,
        { SpecialType: not SpecialType.None and not SpecialType.System_Nullable_T } => type is { IsValueType: true } or { SpecialType: SpecialType.System_String },
        INamedTypeSymbol named when named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T => IsImmutable(named.TypeArguments[0]),
        INamedTypeSymbol named when ContractModel.SourcePath(named).Length > 0 => named.TypeKind != TypeKind.Interface || ContractModel.IsGrainInterface(named),
        INamedTypeSymbol named => ImmutableValues.Contains(named.Name, StringComparer.Ordinal)
            || (ImmutableCollections.Contains(named.Name, StringComparer.Ordinal) && named.TypeArguments.All(IsImmutable)),
        ITypeParameterSymbol => true,
        _ => false,
    };

    private static Violation At(ISymbol symbol, string text)
    {
        var location = symbol.Locations[0];
        return new(ContractModel.SourcePath(symbol), location.GetLineSpan().StartLinePosition.Line + 1, text);
    }
}
