using Microsoft.CodeAnalysis;

namespace Quartier.Engine.Generator;

/// <summary>Finds out how a grain class is made.</summary>
internal static class ClassReader
{
    private const string Suffix = "Grain";

    /// <summary>The manifest line of the class, or why there is none.</summary>
    public static GeneratedPart Read(INamedTypeSymbol type)
    {
        var fullName = type.ToDisplayString();
        if (type.IsGenericType || !type.CanBeNamed())
        {
            return new GeneratedPart(
                fullName, null, null, Problem.At(type, $"{fullName} is generic or hidden in another type; a grain class must be neither."));
        }

        var constructor = type.InstanceConstructors.Where(candidate => candidate.DeclaredAccessibility == Accessibility.Public)
            .OrderByDescending(candidate => candidate.Attribute(KnownNames.PreferredConstructor) is not null)
            .ThenByDescending(candidate => candidate.Parameters.Length)
            .FirstOrDefault();
        if (constructor is null)
        {
            return new GeneratedPart(fullName, null, null, Problem.At(type, $"{fullName} has no public constructor."));
        }

        var arguments = string.Join(", ", constructor.Parameters.Select(Argument));
        var name = type.InCode();
        var line = $"builder.Class(typeof({name}), {GrainTypeOf(type).Quoted()}, static parts => new {name}({arguments}));";
        return new GeneratedPart(fullName, null, line, null);
    }

    private static string GrainTypeOf(INamedTypeSymbol type)
    {
        if (type.Attribute(KnownNames.GrainType).StringArgument() is { } given)
        {
            return given;
        }

        var name = type.Name;
        var hasSuffix = name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);
        return (hasSuffix ? name.Substring(0, name.Length - Suffix.Length) : name).ToLowerInvariant();
    }

    private static string Argument(IParameterSymbol parameter)
    {
        var type = parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).InCode();
        if (parameter.Attribute(KnownNames.PersistentState) is { } state && parameter.Type is INamedTypeSymbol { TypeArguments.Length: 1 } named)
        {
            var storage = state.StringArgument(1)?.Quoted() ?? "null";
            return $"parts.State<{named.TypeArguments[0].InCode()}>({state.StringArgument()!.Quoted()}, {storage})";
        }

        if (parameter.Type.IsNamed(KnownNames.GrainContext))
        {
            return "parts.Context";
        }

        if (parameter.Type.IsNamed(KnownNames.ServiceProvider))
        {
            return "parts.Services";
        }

        if (parameter.Attribute(KnownNames.FromKeyedServices) is { } keyed)
        {
            return $"parts.Service<{type}>({keyed.ConstructorArguments[0].ToCSharpString()})";
        }

        return parameter.HasExplicitDefaultValue && parameter.Type.IsReferenceType ? $"parts.Optional<{type}>()" : $"parts.Service<{type}>()";
    }

    private static string ToCSharpString(this TypedConstant constant) => Microsoft.CodeAnalysis.CSharp.TypedConstantExtensions.ToCSharpString(constant);
}
