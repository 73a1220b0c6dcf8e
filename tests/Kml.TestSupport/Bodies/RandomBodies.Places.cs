using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model;

namespace Kml.TestSupport;

/// <content>What has a place: the state, variables, and what is within them.</content>
public sealed partial class RandomBodies
{
    private static readonly Dictionary<DataType, List<Path>> Known = [];

    private readonly List<TablePlace> _tables = [];

    private static Root Given(Parameter parameter, Effect effect) => new(
        parameter.Name,
        parameter.Kind switch
        {
            ParameterKind.Event => new StructData("event", parameter.Event!.Value.Info().Fields),
            ParameterKind.State => new StructData("state", BodyState.Fields),
            ParameterKind.Reference => parameter.Data!,
            _ => new ScalarData(parameter.Type),
        },
        parameter.Kind switch
        {
            ParameterKind.Event => false,
            ParameterKind.State => effect.OnState,
            ParameterKind.Reference => parameter.IsWritten,
            _ => true,
        },
        parameter);

    /// <summary>A place of a type, if one is seen.</summary>
    /// <param name="wanted">The type; of an array a longer one does, too, and a table where nothing is written.</param>
    /// <param name="isWritten">Whether it must be one that may be written.</param>
    /// <param name="depth">How deep indices may be.</param>
    private Place? PlaceOf(DataType wanted, bool isWritten, int depth)
    {
        (Root Root, Path Path)[] found =
        [
            .. from root in _scope.Roots
               where root.IsWritable || !isWritten
               from path in Paths(root.Data)
               where Serves(path.Data, wanted)
               select (root, path),
        ];
        if (found.Length == 0 || (!isWritten && OneIn(8)))
            return isWritten || wanted is not ArrayData { Element: ScalarData scalar, Length: var length } ? null : Table(scalar.Type, length);
        (Root from, Path way) = OneOf(found);
        Place place = Built(from, way, depth);
        if (way.Data is not ArrayData array || (array.Length == ((ArrayData)wanted).Length && !OneIn(4)))
            return place;
        int taken = ((ArrayData)wanted).Length;
        return new SlicePlace(place, _random.Next(array.Length - taken + 1), taken);
    }

    private static bool Serves(DataType given, DataType wanted) =>
        given == wanted || (given is ArrayData a && wanted is ArrayData b && a.Element == b.Element && a.Length >= b.Length);

    private Place Built(Root root, Path path, int depth)
    {
        Place place = new VariablePlace(root.Name);
        foreach (Way way in path.Ways)
        {
            if (way.Field is not null)
            {
                place = new MemberPlace(place, way.Field);
                continue;
            }

            int length = way.Length;
            if (length > 1 && OneIn(8))
            {
                int start = _random.Next(length);
                length = _random.Next(1, length - start + 1);
                place = new SlicePlace(place, start, length);
            }

            place = new ElementPlace(place, Index(length, depth), length);
        }

        return place;
    }

    // Mostly within its array: a body that faults does no more.
    private Expression Index(int length, int depth)
    {
        int kind = _random.Next(24);
        string[] counters = [.. _scope.Roots.Where(r => r.IsCounter && r.Data == new ScalarData(ScalarType.I32)).Select(r => r.Name)];
        if (kind < 8 && counters.Length > 0)
            return Read.Variable(ScalarType.I32, OneOf(counters));
        if (kind is >= 8 and < 14 && depth > 0)
        {
            int mask = 1;
            while ((mask * 2) + 1 < length)
                mask = (mask * 2) + 1;
            return new Binary(ScalarType.I32, BinaryOperator.And, Of(ScalarType.I32, Math.Min(depth - 1, 2)), Whole(ScalarType.I32, length == 1 ? 0 : mask));
        }

        if (kind == 14 && depth > 0)
            return Of(ScalarType.I32, 1);
        return Whole(ScalarType.I32, kind == 15 && OneIn(4) ? length : _random.Next(length));
    }

    private TablePlace Table(ScalarType element, int length)
    {
        TablePlace[] alike = [.. _tables.Where(t => t.Element == element && t.Values.Count == length)];
        if (alike.Length > 0 && OneIn(2))
            return OneOf(alike);
        TablePlace table = new($"Table{_tables.Count + 1}", element, Enumerable.Range(0, length).Select(_ => Bits(element)).ToEquatableArray());
        _tables.Add(table);
        return table;
    }

    private static Constant Whole(ScalarType type, long value) => new(type, (ulong)value);

    /// <summary>The places within something of a type, itself the first.</summary>
    private static List<Path> Paths(DataType data)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(data, out List<Path>? paths))
                Known.Add(data, paths = [new([], data), .. Within(data)]);
            return paths;
        }
    }

    private static IEnumerable<Path> Within(DataType data) => data switch
    {
        StructData s => s.Fields.SelectMany(f => Paths(f.Data).Select(p => p with { Ways = [new(f.Name, 0), .. p.Ways] })),
        ArrayData a => Paths(a.Element).Select(p => p with { Ways = [new(null, a.Length), .. p.Ways] }),
        _ => [],
    };

    /// <summary>A variable that is seen.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Data">Its type.</param>
    /// <param name="IsWritable">Whether statements may write it.</param>
    /// <param name="Parameter">The parameter that it is; null for a local.</param>
    /// <param name="IsCounter">Whether a loop counts with it.</param>
    private sealed record Root(string Name, DataType Data, bool IsWritable, Parameter? Parameter = null, bool IsCounter = false);

    /// <summary>A step of a path: a field, or an element of an array.</summary>
    /// <param name="Field">The field; null for an element.</param>
    /// <param name="Length">The array's length.</param>
    private sealed record Way(string? Field, int Length);

    private sealed record Path(IReadOnlyList<Way> Ways, DataType Data);
}
