using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Quartier.Engine.Conformance.Metadata;

/// <summary>The public types of an assembly as text, read as data: what it refers to need not be there.</summary>
internal sealed class AssemblySurface : IDisposable
{
    private const MethodAttributes Visibility = MethodAttributes.MemberAccessMask;

    // ECMA-335 II.23.1.15; the named constant is obsolete.
    private const TypeAttributes SerializableFlag = (TypeAttributes)0x2000;
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly SignatureText _text;

    public AssemblySurface(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
        _text = new SignatureText(_reader);
        Types = _reader.TypeDefinitions.Where(IsPublic).ToDictionary(handle => _text.NameOf(handle), Describe, StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, TypeSurface> Types { get; }

    public void Dispose() => _file.Dispose();

    private bool IsPublic(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic => IsPublic(type.GetDeclaringType()),
            _ => false,
        };
    }

    private TypeSurface Describe(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        var generics = new GenericNames(_reader, type.GetGenericParameters());
        var kind = type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Interface);
        var members = type.GetMethods().Select(method => Describe(_reader.GetMethodDefinition(method), generics))
            .Concat(type.GetFields().Select(field => Describe(_reader.GetFieldDefinition(field), generics)))
            .OfType<string>();
        return new TypeSurface(
            kind.ToString(),
            _text.NameOf(type.BaseType, generics),
            [.. type.GetInterfaceImplementations().Select(item => _text.NameOf(_reader.GetInterfaceImplementation(item).Interface, generics))],
            members.ToHashSet(StringComparer.Ordinal),
            AttributesOf(type));
    }

    private string? Describe(MethodDefinition method, GenericNames ofType)
    {
        if ((method.Attributes & Visibility) is not (MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem))
        {
            return null;
        }

        var generics = ofType.With(method.GetGenericParameters());
        var signature = method.DecodeSignature(_text, generics);
        const MethodAttributes Told = MethodAttributes.Static | MethodAttributes.Abstract | MethodAttributes.Virtual | MethodAttributes.Final | Visibility;
        var constraints = string.Concat(method.GetGenericParameters().Select(parameter => Constraints(_reader.GetGenericParameter(parameter), generics)));
        var names = method.GetParameters().Select(_reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0)
            .Select(parameter => _reader.GetString(parameter.Name) + DefaultOf(parameter));
        return $"{method.Attributes & Told} {signature.ReturnType} {_reader.GetString(method.Name)}`{signature.GenericParameterCount}"
            + $"({string.Join(", ", signature.ParameterTypes)}) ({string.Join(", ", names)}){constraints}";
    }

    private string? Describe(FieldDefinition field, GenericNames generics)
    {
        if ((field.Attributes & FieldAttributes.FieldAccessMask) != FieldAttributes.Public)
        {
            return null;
        }

        var constant = field.GetDefaultValue();
        var value = constant.IsNil ? "" : " = " + Convert.ToHexString(_reader.GetBlobBytes(_reader.GetConstant(constant).Value));
        return $"{field.Attributes & ~FieldAttributes.HasDefault} {field.DecodeSignature(_text, generics)} {_reader.GetString(field.Name)}{value}";
    }

    private string Constraints(GenericParameter parameter, GenericNames generics) =>
        $" {parameter.Attributes}:"
        + string.Join("&", parameter.GetConstraints().Select(item => _text.NameOf(_reader.GetGenericParameterConstraint(item).Type, generics)));

    private string DefaultOf(Parameter parameter) =>
        parameter.GetDefaultValue() is { IsNil: false } value ? "=" + Convert.ToHexString(_reader.GetBlobBytes(_reader.GetConstant(value).Value)) : "";

    private HashSet<string> AttributesOf(TypeDefinition type) =>
        type.GetCustomAttributes().Select(_reader.GetCustomAttribute)
            .Select(attribute => $"{_text.NameOfConstructor(attribute.Constructor)} {Convert.ToHexString(_reader.GetBlobBytes(attribute.Value))}")
            .Concat((type.Attributes & SerializableFlag) == SerializableFlag ? ["System.SerializableAttribute"] : Array.Empty<string>())
            .ToHashSet(StringComparer.Ordinal);
}
