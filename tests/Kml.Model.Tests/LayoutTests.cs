using System;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shouldly;
using Xunit;

namespace Kml.Model.Tests;

public sealed class LayoutTests
{
    [Fact]
    public void The_catalogue_and_the_event_structs_agree()
    {
        foreach (EventInfo info in EventCatalog.All)
        {
            Type type = typeof(BioQueue).Assembly.GetType(info.ClrName, throwOnError: true)!;
            SizeOf(type).ShouldBe(info.Layout.Size, info.ClrName);
            PropertyInfo[] properties = [.. type.GetProperties().OrderBy(p => p.MetadataToken)];
            properties.Select(p => new FieldSpec(p.Name, ScalarOf(p.PropertyType))).ShouldBe(info.Fields, info.ClrName);
        }
    }

    [Fact]
    public void Fields_lie_where_the_catalogue_says()
    {
        foreach (EventInfo info in EventCatalog.All)
        {
            Type type = typeof(BioQueue).Assembly.GetType(info.ClrName, throwOnError: true)!;
            foreach (PlacedField placed in info.Layout.Fields)
            {
                object e = Activator.CreateInstance(type)!;
                PropertyInfo property = type.GetProperty(placed.Field.Name)!;
                property.SetValue(e, Ones(property.PropertyType));

                int[] set = [.. BytesOf(e).Select((b, i) => (b, i)).Where(b => b.b == byte.MaxValue).Select(b => b.i)];
                set.ShouldBe(Enumerable.Range(placed.Offset, placed.Field.Scalar.Size()), $"{info.ClrName}.{placed.Field.Name}");
            }
        }
    }

    [Fact]
    public void A_raised_priority_is_written_at_its_place()
    {
        BioQueue e = new() { Sector = ulong.MaxValue, Cpu = 7 };
        e.RaisePriority(IoPriority.RealTime);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<BioQueue>(in e));
        MemoryMarshal.Read<uint>(bytes[EventKind.BioQueue.Info().Layout.OffsetOf("Priority")..]).ShouldBe((1u << 13) | 4);
        e.RaisePriority(IoPriority.Idle);
        e.Priority.ShouldBe((1u << 13) | 4, "a priority is never lowered");
    }

    [Fact]
    public void State_is_laid_out_as_Csharp_lays_it_out()
    {
        StructLayout layout = StructLayout.Of(
        [
            new("A", ScalarType.Bool), new("B", ScalarType.U16), new("C", ScalarType.U8), new("D", ScalarType.U64), new("E", ScalarType.I32),
        ]);
        layout.Size.ShouldBe(Unsafe.SizeOf<Mixed>());
        Mixed value = new() { A = true, C = 9, E = 0x01020304, D = ulong.MaxValue, B = 0xabcd };
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<Mixed>(in value));
        MemoryMarshal.Read<int>(bytes[layout.OffsetOf("E")..]).ShouldBe(value.E);
        MemoryMarshal.Read<ulong>(bytes[layout.OffsetOf("D")..]).ShouldBe(value.D);
        MemoryMarshal.Read<ushort>(bytes[layout.OffsetOf("B")..]).ShouldBe(value.B);
    }

    [Theory]
    [InlineData(1 << 30, "With Long a struct takes 1073741825 bytes")]
    [InlineData(int.MaxValue, "With an array a struct takes 2147483647 bytes")]
    public void A_size_that_no_int_holds_is_refused_with_the_size_and_the_field(int length, string words)
    {
        FieldSpec[] fields = [new("First", ScalarType.U8), new("Long", new ArrayData(new ScalarData(ScalarType.U8), length))];

        Should.Throw<OverflowException>(() => StructLayout.Of(fields)).Message
            .ShouldBe(words + ", and none may take more than 1073741824: make its arrays shorter.");
    }

    [Fact]
    public void Arrays_and_structs_in_it_are_laid_out_as_Csharp_lays_them_out()
    {
        StructData inner = new("Inner", EquatableArray.Of(new FieldSpec("Tag", ScalarType.U8), new FieldSpec("Stride", ScalarType.U32)));
        StructLayout layout = StructLayout.Of(
        [
            new("Flag", ScalarType.Bool),
            new("Pairs", new ArrayData(inner, 2)),
            new("Bytes", new ArrayData(new ArrayData(new ScalarData(ScalarType.U8), 2), 2)),
            new("Last", new StructData("Tail", EquatableArray.Of(new FieldSpec("Sector", ScalarType.U64)))),
        ]);
        layout.Size.ShouldBe(Unsafe.SizeOf<Nested>());
        Nested value = new() { Flag = true };
        value.Pairs[0].Tag = 7;
        value.Pairs[1].Stride = 0x01020304;
        value.Bytes[1][0] = 0xab;
        value.Last.Sector = ulong.MaxValue;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<Nested>(in value));

        layout.Scalars.Select(s => s.Path).ShouldBe(
        [
            "Flag", "Pairs[0].Tag", "Pairs[0].Stride", "Pairs[1].Tag", "Pairs[1].Stride",
            "Bytes[0][0]", "Bytes[0][1]", "Bytes[1][0]", "Bytes[1][1]", "Last.Sector",
        ]);
        bytes[Offset("Pairs[0].Tag")].ShouldBe((byte)7);
        MemoryMarshal.Read<uint>(bytes[Offset("Pairs[1].Stride")..]).ShouldBe(0x01020304u);
        bytes[Offset("Bytes[1][0]")].ShouldBe((byte)0xab);
        MemoryMarshal.Read<ulong>(bytes[Offset("Last.Sector")..]).ShouldBe(ulong.MaxValue);

        int Offset(string path) => layout.Scalars.Single(s => s.Path == path).Offset;
    }

    [Fact]
    public void A_record_holds_its_parts_apart_and_in_whole_cache_lines()
    {
        RecordLayout layout = RecordLayout.Of(Models.Sample());
        layout.ShouldBe(new RecordLayout(2, 48, 56, 48, 104, 56, 160, 40, 256));
    }

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static byte[] BytesOf(object value)
    {
        MethodInfo bytes = typeof(LayoutTests).GetMethod(nameof(Bytes), BindingFlags.Static | BindingFlags.NonPublic)!;
        return (byte[])bytes.MakeGenericMethod(value.GetType()).Invoke(null, [value])!;
    }

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();

    /// <summary>The value of a type all of whose bits are set.</summary>
    private static object Ones(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => Enum.ToObject(type, Ones(Enum.GetUnderlyingType(type))),
        TypeCode.Int32 => -1,
        TypeCode.UInt32 => uint.MaxValue,
        _ => ulong.MaxValue,
    };

    private static ScalarType ScalarOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => ScalarType.I32,
        TypeCode.UInt32 => ScalarType.U32,
        TypeCode.UInt64 => ScalarType.U64,
        _ => throw new ArgumentException($"No event field has type {type}."),
    };

    private struct Mixed
    {
        public bool A;
        public ushort B;
        public byte C;
        public ulong D;
        public int E;

        public readonly override string ToString() => $"{A} {B} {C} {D} {E}";
    }

    private struct Inner
    {
        public byte Tag;
        public uint Stride;

        public readonly override string ToString() => $"{Tag} {Stride}";
    }

    [InlineArray(2)]
    private struct Two<T>
    {
        private T _first;
    }

    private struct Tail
    {
        public ulong Sector;
    }

    private struct Nested
    {
        public bool Flag;
        public Two<Inner> Pairs;
        public Two<Two<byte>> Bytes;
        public Tail Last;

        public readonly override string ToString() => $"{Flag}";
    }
}
