using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Kml.Build;

/// <summary>A model as an assembly carries it.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="CanonicalText">Its canonical text.</param>
public sealed record CarriedModel(string Name, string CanonicalText);

/// <summary>Why a class is no model, as an assembly carries it: a diagnostic and its place. Lines and columns count from 1.</summary>
/// <param name="ClassName">The class's full name.</param>
/// <param name="Id">The diagnostic.</param>
/// <param name="Message">Its message.</param>
/// <param name="File">The source file.</param>
/// <param name="Line">Where the place begins.</param>
/// <param name="Column">Where in the line it begins.</param>
/// <param name="EndLine">Where the place ends.</param>
/// <param name="EndColumn">Where in that line it ends.</param>
public sealed record CarriedRefusal(string ClassName, string Id, string Message, string File, int Line, int Column, int EndLine, int EndColumn);

/// <summary>What a compiled assembly says of kernel models.</summary>
/// <param name="Models">The models, in the assembly's order.</param>
/// <param name="Refusals">Why classes that are marked as models are none.</param>
/// <param name="Lost">Full names of classes that are marked as models, and of which the assembly carries neither.</param>
public sealed record AssemblyModels(IReadOnlyList<CarriedModel> Models, IReadOnlyList<CarriedRefusal> Refusals, IReadOnlyList<string> Lost)
{
    private const string Namespace = "Kml";
    private const string ModelAttribute = "KmlModelAttribute";
    private const string RefusalAttribute = "KmlRefusalAttribute";
    private const string Mark = "KernelModelAttribute";

    /// <summary>Reads an assembly. Nothing of it is loaded or run.</summary>
    /// <param name="path">The assembly.</param>
    /// <returns>What it carries; all empty if it has nothing to do with kernel models.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BadImageFormatException">The file is no .NET assembly.</exception>
    public static AssemblyModels Read(string path)
    {
        // Metadata only, from a copy in memory: a loaded assembly would stay locked in a build server, and would run with its dependencies missing.
        using PEReader image = new(ImmutableArray.Create(File.ReadAllBytes(path)));
        if (!image.HasMetadata)
            throw new BadImageFormatException("it has no .NET metadata");
        MetadataReader metadata = image.GetMetadataReader();
        if (!metadata.IsAssembly)
            throw new BadImageFormatException("it is a module, not an assembly");

        CustomAttributeHandleCollection own = metadata.GetAssemblyDefinition().GetCustomAttributes();
        CarriedModel[] models = [.. Values(metadata, own, ModelAttribute).Select(Model)];
        CarriedRefusal[] refusals = [.. Values(metadata, own, RefusalAttribute).Select(Refusal)];
        return new AssemblyModels(models, refusals, Unaccounted(Marked(metadata), models, refusals));
    }

    /// <summary>The marked classes without a refusal, but for one for each model of the name that it gives.</summary>
    private static string[] Unaccounted(IEnumerable<(string Class, string? Name)> marked, CarriedModel[] models, CarriedRefusal[] refusals)
    {
        List<string?> names = [.. models.Select(m => m.Name)];
        return [.. marked.Where(m => refusals.All(r => r.ClassName != m.Class)).Where(m => !names.Remove(m.Name)).Select(m => m.Class)];
    }

    private static IEnumerable<(string Class, string? Name)> Marked(MetadataReader metadata) =>
        from handle in metadata.TypeDefinitions
        let type = metadata.GetTypeDefinition(handle)
        from value in Values(metadata, type.GetCustomAttributes(), Mark)
        select (FullName(metadata, type), Begin(value).ReadSerializedString());

    private static string FullName(MetadataReader metadata, TypeDefinition type)
    {
        string name = metadata.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer)
            return FullName(metadata, metadata.GetTypeDefinition(outer)) + "+" + name;
        return type.Namespace.IsNil ? name : metadata.GetString(type.Namespace) + "." + name;
    }

    /// <summary>The values of the attributes of one kind, where they are ours and not of this assembly.</summary>
    private static IEnumerable<BlobReader> Values(MetadataReader metadata, CustomAttributeHandleCollection attributes, string name)
    {
        foreach (CustomAttributeHandle handle in attributes)
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
                && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type
                && metadata.StringComparer.Equals(type.Namespace, Namespace)
                && metadata.StringComparer.Equals(type.Name, name))
                yield return metadata.GetBlobReader(attribute.Value);
        }
    }

    private static CarriedModel Model(BlobReader value)
    {
        value = Begin(value);
        string name = Text(ref value, "a model attribute has no name");
        return new CarriedModel(name, Text(ref value, $"model '{name}' has no text"));
    }

    private static CarriedRefusal Refusal(BlobReader value)
    {
        const string Incomplete = "a refusal is incomplete";
        value = Begin(value);
        return new CarriedRefusal(
            Text(ref value, Incomplete),
            Text(ref value, Incomplete),
            Text(ref value, Incomplete),
            Text(ref value, Incomplete),
            value.ReadInt32(),
            value.ReadInt32(),
            value.ReadInt32(),
            value.ReadInt32());
    }

    private static BlobReader Begin(BlobReader value)
    {
        const ushort Prolog = 1;
        if (value.ReadUInt16() != Prolog)
            throw new BadImageFormatException("a model attribute does not begin as attributes do");
        return value;
    }

    private static string Text(ref BlobReader value, string otherwise) => value.ReadSerializedString() ?? throw new BadImageFormatException(otherwise);
}
